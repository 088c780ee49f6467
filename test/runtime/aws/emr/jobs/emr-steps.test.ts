import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { StepSummary } from '@aws-sdk/client-emr';
import type { EmrOperations } from '../../../../../src/runtime/aws/emr/ec2/operations.ts';
import { emrSteps } from '../../../../../src/runtime/aws/emr/jobs/emr-steps.ts';
import { failsWith } from '../../../../fakes/errors.ts';
import { fakeService } from '../../control/fake-service.ts';
import { bucket, conformsTo, STREAM, type Request } from './conformance.ts';
import { LOGS, NAME, page, refuse, requestsOf, ROLE } from './worlds.ts';

const STEP_TARGET = { ClusterId: 'j-1', StepId: 's-1' };
const OPTIONS = [
  '--py-files',
  's3://demo/jobs/cd34/helpers.py',
  '--jars',
  's3://demo/jars/kafka.jar',
  '--conf',
  'spark.executor.cores=2',
  '--conf',
  'spark.app.note=two "words"'
];
const step = (name: string, ...args: string[]): Request => [
  'AddJobFlowSteps',
  {
    JobFlowId: 'j-1',
    Steps: [
      {
        Name: name,
        ActionOnFailure: 'CONTINUE',
        HadoopJarStep: {
          Jar: 'command-runner.jar',
          Args: ['spark-submit', '--deploy-mode', 'client', '--name', name, ...args]
        }
      }
    ]
  }
];

conformsTo({
  kind: 'emr-step',
  id: 's-1',
  open(s3) {
    let said = 'RUNNING';
    let held = 0;
    const emr = fakeService<EmrOperations>('elasticmapreduce', {
      AddJobFlowSteps: () => ({ StepIds: ['s-1'] }),
      DescribeStep: () => {
        refuse(said);
        const Timeline = { CreationDateTime: new Date(1_000) };
        const Status = {
          State: said as 'RUNNING',
          StateChangeReason: { Message: 'a reason.' },
          Timeline
        };
        return { Step: { Id: 's-1', Name: NAME, Status } };
      },
      CancelSteps: () => ({ CancelStepsInfoList: [{ StepId: 's-1', Status: 'SUBMITTED' }] }),
      ListSteps: ({ Marker: token }) => {
        const { numbers, next } = page(held, token);
        const Steps = numbers.map((number): StepSummary => {
          const Timeline = { CreationDateTime: new Date(number * 1_000) };
          return { Id: `s-${number}`, Status: { State: 'RUNNING', Timeline } };
        });
        return { Steps, Marker: next };
      }
    });
    return {
      target: emrSteps({ send: emr.send, s3: s3.send, cluster: 'j-1', logs: LOGS }),
      requests: () => requestsOf(emr),
      be: state => (said = state),
      hold: jobs => (held = jobs)
    };
  },
  submitted: step(NAME, ...OPTIONS, STREAM.entryPoint, ...(STREAM.arguments ?? [])),
  batch: step('once', '--class', 'demo.Main', 's3://demo/a.jar'),
  looked: ['DescribeStep', STEP_TARGET],
  stopped: [
    [
      'CancelSteps',
      { ClusterId: 'j-1', StepIds: ['s-1'], StepCancellationOption: 'SEND_INTERRUPT' }
    ]
  ],
  states: {
    PENDING: 'waiting',
    RUNNING: 'running',
    CANCEL_PENDING: 'stopping',
    COMPLETED: 'succeeded',
    FAILED: 'failed',
    INTERRUPTED: 'failed',
    CANCELLED: 'stopped'
  },
  running: 'RUNNING',
  ended: 'FAILED',
  logKey: (stream, number) => `logs/j-1/steps/s-1/${stream}${number === 1 ? '' : `.${number}`}.gz`,
  otherKeys: [
    'logs/j-1/steps/s-1/controller.gz',
    'logs/j-1/steps/s-2/stdout.gz',
    'logs/j-2/steps/s-1/stdout.gz'
  ]
});

describe('a step of EMR', () => {
  it('runs in the role of a cluster that has roles for them', async () => {
    const emr = fakeService<EmrOperations>('elasticmapreduce', {
      AddJobFlowSteps: () => ({ StepIds: ['s-1'] })
    });
    const more = { s3: bucket(new Map()).send, cluster: 'j-1', logs: LOGS };
    await emrSteps({ send: emr.send, ...more, executionRoleArn: ROLE }).submit(STREAM);
    const [request] = emr.inputsOf('AddJobFlowSteps');
    assert.equal((request as { ExecutionRoleArn: string }).ExecutionRoleArn, ROLE);
  });

  it('that EMR does not cancel is an error with its reason', async () => {
    const emr = fakeService<EmrOperations>('elasticmapreduce', {
      DescribeStep: () => ({ Step: { Status: { State: 'RUNNING' } } }),
      CancelSteps: () => ({
        CancelStepsInfoList: [{ Status: 'FAILED', Reason: 'It is too old for that.' }]
      })
    });
    const more = { s3: bucket(new Map()).send, cluster: 'j-1', logs: LOGS };
    await assert.rejects(
      emrSteps({ send: emr.send, ...more }).stop('s-1'),
      failsWith('HR_AWS_REFUSED', /does not cancel the step s-1 \(It is too old for that\)/)
    );
  });
});
