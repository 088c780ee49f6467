import type { JobRunSummary } from '@aws-sdk/client-emr-serverless';
import { serverlessRuns } from '../../../../../src/runtime/aws/emr/jobs/serverless-runs.ts';
import type { EmrServerlessOperations } from '../../../../../src/runtime/aws/emr/serverless/operations.ts';
import { fakeService } from '../../control/fake-service.ts';
import { conformsTo, PARAMETERS, STREAM } from './conformance.ts';
import { LOG_URI, LOGS, NAME, page, refuse, requestsOf, ROLE } from './worlds.ts';

const RUN = { applicationId: '00f1', jobRunId: 'r-1' };
const serverlessDriver = (entryPoint: string, args: readonly string[], parameters: string) => ({
  sparkSubmit: { entryPoint, entryPointArguments: args, sparkSubmitParameters: parameters }
});
conformsTo({
  kind: 'emr-serverless',
  id: 'r-1',
  open(s3) {
    let said = 'RUNNING';
    let held = 0;
    const at = new Date(1_000);
    const common = { applicationId: '00f1', arn: 'arn', createdBy: 'me', updatedAt: at };
    const emr = fakeService<EmrServerlessOperations>('emr-serverless', {
      StartJobRun: () => ({ applicationId: '00f1', jobRunId: 'r-1', arn: 'arn' }),
      GetJobRun: () => {
        refuse(said);
        return {
          jobRun: {
            ...common,
            jobRunId: 'r-1',
            name: NAME,
            mode: 'STREAMING',
            createdAt: at,
            executionRole: ROLE,
            releaseLabel: 'emr-7.14.0',
            jobDriver: undefined,
            state: said as 'RUNNING',
            stateDetails: 'a reason.'
          }
        };
      },
      CancelJobRun: () => ({ applicationId: '00f1', jobRunId: 'r-1' }),
      ListJobRuns: ({ nextToken: token }) => {
        const { numbers, next } = page(held, token);
        const jobRuns = numbers.map((number): JobRunSummary => {
          const createdAt = new Date(number * 1_000);
          const more = { executionRole: ROLE, releaseLabel: 'emr-7.14.0', stateDetails: '' };
          return { ...common, ...more, id: `r-${number}`, createdAt, state: 'RUNNING' };
        });
        return { jobRuns, nextToken: next };
      }
    });
    return {
      target: serverlessRuns({
        send: emr.send,
        s3: s3.send,
        application: '00f1',
        executionRoleArn: ROLE,
        logs: LOGS
      }),
      requests: () => requestsOf(emr),
      be: state => (said = state),
      hold: jobs => (held = jobs)
    };
  },
  submitted: [
    'StartJobRun',
    {
      applicationId: '00f1',
      clientToken: 'token-1',
      executionRoleArn: ROLE,
      name: NAME,
      jobDriver: serverlessDriver(STREAM.entryPoint, STREAM.arguments ?? [], PARAMETERS),
      configurationOverrides: { monitoringConfiguration: LOG_URI },
      tags: { 'headrace:environment': 'demo' },
      mode: 'STREAMING',
      retryPolicy: { maxFailedAttemptsPerHour: 5 },
      executionTimeoutMinutes: 0
    }
  ],
  batch: [
    'StartJobRun',
    {
      applicationId: '00f1',
      clientToken: 'token-2',
      executionRoleArn: ROLE,
      name: 'once',
      jobDriver: serverlessDriver('s3://demo/a.jar', [], '--class demo.Main'),
      configurationOverrides: { monitoringConfiguration: LOG_URI },
      mode: 'BATCH'
    }
  ],
  looked: ['GetJobRun', RUN],
  stopped: [['CancelJobRun', { ...RUN, shutdownGracePeriodInSeconds: 60 }]],
  states: {
    SUBMITTED: 'waiting',
    QUEUED: 'waiting',
    PENDING: 'waiting',
    SCHEDULED: 'waiting',
    RUNNING: 'running',
    CANCELLING: 'stopping',
    SUCCESS: 'succeeded',
    FAILED: 'failed',
    CANCELLED: 'stopped'
  },
  running: 'SCHEDULED',
  ended: 'CANCELLED',
  logKey: (stream, number) =>
    `logs/applications/00f1/jobs/r-1/attempts/${number}/SPARK_DRIVER/${stream}.gz`,
  otherKeys: [
    'logs/applications/00f1/jobs/r-1/attempts/1/SPARK_EXECUTOR/1/stdout.gz',
    'logs/applications/00f1/jobs/r-10/SPARK_DRIVER/stdout.gz'
  ]
});
