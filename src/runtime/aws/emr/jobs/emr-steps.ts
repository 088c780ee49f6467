import type {
  AddJobFlowStepsInput,
  CancelStepsInput,
  ListStepsInput,
  StepStatus
} from '@aws-sdk/client-emr';
import { HeadraceError } from '../../../../shared/errors.ts';
import type { EmrSend } from '../ec2/operations.ts';
import { readLogFiles } from './log-files.ts';
import { firstPages } from '../../control/pages.ts';
import {
  hasJobEnded,
  LISTED,
  type Job,
  type JobState,
  type JobTarget,
  type JobView
} from './port.ts';
import { submitOptions } from './spark-submit.ts';
import { keyIn, type Folder, type S3Send } from './storage.ts';
import { newestFirst, openStates, reasonOf, stateOf, timeOf } from './views.ts';

export interface EmrStepsOptions {
  readonly send: EmrSend;
  readonly s3: S3Send;
  /** `j-…`. */
  readonly cluster: string;
  /** What the cluster has as its `LogUri`. */
  readonly logs: Folder;
  /** Role in which the step runs, on a cluster with runtime roles. */
  readonly executionRoleArn?: string;
}

/** https://docs.aws.amazon.com/emr/latest/APIReference/API_StepStatus.html */
const STATES = {
  PENDING: 'waiting',
  RUNNING: 'running',
  CANCEL_PENDING: 'stopping',
  COMPLETED: 'succeeded',
  FAILED: 'failed',
  INTERRUPTED: 'failed',
  CANCELLED: 'stopped'
} as const satisfies Readonly<Record<string, JobState>>;

/**
 * Jobs as steps of an EMR cluster on EC2. The driver runs in the process of the step, on the primary node: only so does
 * cancelling the step end it, and its output becomes the log of the step. Steps know no tokens: a job that is submitted
 * twice runs twice. The tags of a job are the cluster's.
 */
export function emrSteps(options: EmrStepsOptions): JobTarget {
  const { send, cluster } = options;
  const state = async (id: string, signal?: AbortSignal): Promise<JobView> => {
    const { Step: step } = await send('DescribeStep', { ClusterId: cluster, StepId: id }, signal);
    return viewOf({ ...step, Id: id });
  };
  return {
    kind: 'emr-step',
    state,
    submit: (job, signal) => submit(options, job, signal),
    log: (id, query, signal) =>
      readLogFiles(options.s3, logPlace(options, id, query.stream), query, signal),
    async stop(id, signal) {
      if (hasJobEnded((await state(id, signal)).state)) return;
      await cancel(options, id, signal);
    },
    list: signal => list(options, {}, signal),
    running: signal => list(options, { StepStates: openStates(STATES) }, signal)
  };
}

async function submit(
  { send, cluster, executionRoleArn }: EmrStepsOptions,
  job: Job,
  signal?: AbortSignal
): Promise<string> {
  const args = ['--deploy-mode', 'client', '--name', job.name, ...submitOptions(job)];
  const command = ['spark-submit', ...args, job.entryPoint, ...(job.arguments ?? [])];
  const request: AddJobFlowStepsInput = {
    JobFlowId: cluster,
    Steps: [
      {
        Name: job.name,
        ActionOnFailure: 'CONTINUE',
        HadoopJarStep: { Jar: 'command-runner.jar', Args: command }
      }
    ],
    ...(executionRoleArn === undefined ? {} : { ExecutionRoleArn: executionRoleArn })
  };
  const [id] = (await send('AddJobFlowSteps', request, signal)).StepIds ?? [];
  if (id === undefined) throw noIdentity(cluster);
  return id;
}

async function cancel(
  { send, cluster }: EmrStepsOptions,
  id: string,
  signal?: AbortSignal
): Promise<void> {
  const request: CancelStepsInput = {
    ClusterId: cluster,
    StepIds: [id],
    StepCancellationOption: 'SEND_INTERRUPT'
  };
  const [info] = (await send('CancelSteps', request, signal)).CancelStepsInfoList ?? [];
  if (info?.Status !== 'FAILED') return;
  throw new HeadraceError('HR_AWS_REFUSED', `EMR does not cancel the step ${id}`, {
    ...(info.Reason === undefined ? {} : { why: info.Reason.replace(/\.$/, '') })
  });
}

async function list(
  { send, cluster }: EmrStepsOptions,
  only: Pick<ListStepsInput, 'StepStates'>,
  signal?: AbortSignal
): Promise<readonly JobView[]> {
  const steps = await firstPages(async next => {
    const page = next === undefined ? {} : { Marker: next };
    const answer = await send('ListSteps', { ClusterId: cluster, ...only, ...page }, signal);
    return { items: answer.Steps ?? [], next: answer.Marker };
  }, LISTED);
  return newestFirst(steps.map(viewOf));
}

interface SeenStep {
  readonly Id?: string | undefined;
  readonly Name?: string | undefined;
  readonly Status?: StepStatus | undefined;
}

function viewOf({ Id: id = '', Name: name = id, Status: status }: SeenStep): JobView {
  const { FailureDetails: failure, StateChangeReason: change, Timeline: times } = status ?? {};
  return {
    id,
    name,
    ...stateOf(status?.State, STATES),
    reason: reasonOf(failure?.Reason, failure?.Message) ?? reasonOf(change?.Message),
    createdAt: timeOf(times?.CreationDateTime),
    endedAt: timeOf(times?.EndDateTime)
  };
}

/** https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-manage-view-web-log-files.html */
function logPlace({ logs, cluster }: EmrStepsOptions, id: string, stream: string) {
  const prefix = keyIn(logs, `${cluster}/steps/${id}/${stream}`);
  return { bucket: logs.bucket, prefix, matches: () => true };
}

function noIdentity(cluster: string): HeadraceError {
  return new HeadraceError('HR_INTERNAL', `EMR gave the new step of ${cluster} no identity`);
}
