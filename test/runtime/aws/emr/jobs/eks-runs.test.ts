import type { JobRun as EksRun } from '@aws-sdk/client-emr-containers';
import type { EmrContainersOperations } from '../../../../../src/runtime/aws/emr/eks/operations.ts';
import { eksRuns } from '../../../../../src/runtime/aws/emr/jobs/eks-runs.ts';
import { fakeService } from '../../control/fake-service.ts';
import { conformsTo, PARAMETERS, STREAM, type Request } from './conformance.ts';
import { LOG_URI, LOGS, NAME, page, refuse, requestsOf, ROLE } from './worlds.ts';

const EKS = { virtualClusterId: 'vc-1', id: 'k-1' };
const eksStart = (input: object): Request => [
  'StartJobRun',
  { virtualClusterId: 'vc-1', executionRoleArn: ROLE, releaseLabel: 'emr-7.14.0-latest', ...input }
];

conformsTo({
  kind: 'emr-eks',
  id: 'k-1',
  open(s3) {
    let said = 'RUNNING';
    let held = 0;
    const emr = fakeService<EmrContainersOperations>('emr-containers', {
      StartJobRun: () => ({ id: 'k-1' }),
      DescribeJobRun: () => {
        refuse(said);
        const jobRun: EksRun = {
          id: 'k-1',
          name: NAME,
          state: said as 'RUNNING',
          createdAt: new Date(1_000),
          failureReason: 'USER_ERROR',
          stateDetails: 'a reason.'
        };
        return { jobRun };
      },
      CancelJobRun: () => ({ id: 'k-1' }),
      ListJobRuns: ({ nextToken: token }) => {
        const { numbers, next } = page(held, token);
        const jobRuns = numbers.map((number): EksRun => {
          return { id: `k-${number}`, state: 'RUNNING', createdAt: new Date(number * 1_000) };
        });
        return next === undefined ? { jobRuns } : { jobRuns, nextToken: next };
      }
    });
    return {
      target: eksRuns({
        send: emr.send,
        s3: s3.send,
        virtualCluster: 'vc-1',
        executionRoleArn: ROLE,
        release: 'emr-7.14.0',
        logs: LOGS
      }),
      requests: () => requestsOf(emr),
      be: state => (said = state),
      hold: jobs => (held = jobs)
    };
  },
  submitted: eksStart({
    clientToken: 'token-1',
    name: NAME,
    jobDriver: {
      sparkSubmitJobDriver: {
        entryPoint: STREAM.entryPoint,
        entryPointArguments: STREAM.arguments,
        sparkSubmitParameters: PARAMETERS
      }
    },
    configurationOverrides: {
      monitoringConfiguration: {
        ...LOG_URI,
        containerLogRotationConfiguration: { rotationSize: '10MB', maxFilesToKeep: 5 }
      }
    },
    tags: { 'headrace:environment': 'demo' },
    retryPolicyConfiguration: { maxAttempts: 20 }
  }),
  batch: eksStart({
    clientToken: 'token-2',
    name: 'once',
    jobDriver: {
      sparkSubmitJobDriver: {
        entryPoint: 's3://demo/a.jar',
        entryPointArguments: [],
        sparkSubmitParameters: '--class demo.Main'
      }
    },
    configurationOverrides: { monitoringConfiguration: LOG_URI }
  }),
  looked: ['DescribeJobRun', EKS],
  stopped: [['CancelJobRun', EKS]],
  states: {
    PENDING: 'waiting',
    SUBMITTED: 'waiting',
    RUNNING: 'running',
    CANCEL_PENDING: 'stopping',
    COMPLETED: 'succeeded',
    FAILED: 'failed',
    CANCELLED: 'stopped'
  },
  running: 'RUNNING',
  ended: 'COMPLETED',
  logKey: (stream, number) =>
    `logs/vc-1/jobs/k-1/containers/spark-ab/spark-${number}-driver/${stream}.gz`,
  otherKeys: [
    'logs/vc-1/jobs/k-1/containers/spark-ab/spark-1-exec-1/stdout.gz',
    'logs/vc-1/jobs/k-1/containers/k-1-submitter/stdout.gz'
  ]
});
