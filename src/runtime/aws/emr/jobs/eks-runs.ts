import type { JobRun, ListJobRunsRequest } from '@aws-sdk/client-emr-containers';
import type { EmrContainersSend } from '../eks/operations.ts';
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
import { submitParameters } from './spark-submit.ts';
import { folderAddress, keyIn, type Folder, type S3Send } from './storage.ts';
import { newestFirst, openStates, reasonOf, stateOf, timeOf } from './views.ts';

export interface EksRunsOptions {
  readonly send: EmrContainersSend;
  readonly s3: S3Send;
  readonly virtualCluster: string;
  readonly executionRoleArn: string;
  /** A label; the newest image of it is taken where it names none. */
  readonly release: string;
  /** Where the logs are to go. */
  readonly logs: Folder;
}

/** https://docs.aws.amazon.com/emr/latest/EMR-on-EKS-DevelopmentGuide/emr-eks-jobs-states.html */
const STATES = {
  PENDING: 'waiting',
  SUBMITTED: 'waiting',
  RUNNING: 'running',
  CANCEL_PENDING: 'stopping',
  COMPLETED: 'succeeded',
  FAILED: 'failed',
  CANCELLED: 'stopped'
} as const satisfies Readonly<Record<string, JobState>>;

/** Drivers of one stream before it is given up. */
const STREAM_ATTEMPTS = 20;
/** The log of a stream has no end: containers keep this much of it, and the bucket has the rest. */
const ROTATION = { rotationSize: '10MB', maxFilesToKeep: 5 };

/** Jobs on EKS, in a virtual cluster of EMR. https://docs.aws.amazon.com/emr/latest/EMR-on-EKS-DevelopmentGuide/emr-eks-jobs.html */
export function eksRuns(options: EksRunsOptions): JobTarget {
  const { send, s3, virtualCluster: virtualClusterId } = options;
  const state = async (id: string, signal?: AbortSignal): Promise<JobView> => {
    const { jobRun } = await send('DescribeJobRun', { virtualClusterId, id }, signal);
    return viewOf({ ...jobRun, id });
  };
  return {
    kind: 'emr-eks',
    state,
    async submit(job, signal) {
      const { id } = await send('StartJobRun', startRequest(options, job), signal);
      return id ?? '';
    },
    log: (id, query, signal) =>
      readLogFiles(s3, logPlace(options, id, query.stream), query, signal),
    async stop(id, signal) {
      if (hasJobEnded((await state(id, signal)).state)) return;
      await send('CancelJobRun', { virtualClusterId, id }, signal);
    },
    list: signal => list(options, {}, signal),
    running: signal => list(options, { states: openStates(STATES) }, signal)
  };
}

function startRequest(options: EksRunsOptions, job: Job) {
  const { virtualCluster, executionRoleArn, release, logs } = options;
  const parameters = submitParameters(job);
  return {
    virtualClusterId: virtualCluster,
    clientToken: job.token,
    name: job.name,
    executionRoleArn,
    releaseLabel: imageLabel(release),
    jobDriver: {
      sparkSubmitJobDriver: {
        entryPoint: job.entryPoint,
        entryPointArguments: [...(job.arguments ?? [])],
        ...(parameters === '' ? {} : { sparkSubmitParameters: parameters })
      }
    },
    configurationOverrides: {
      monitoringConfiguration: {
        s3MonitoringConfiguration: { logUri: folderAddress(logs) },
        ...(job.streaming ? { containerLogRotationConfiguration: ROTATION } : {})
      }
    },
    ...(job.tags === undefined ? {} : { tags: { ...job.tags } }),
    ...(job.streaming ? { retryPolicyConfiguration: { maxAttempts: STREAM_ATTEMPTS } } : {})
  };
}

/** Labels of EMR on EKS end in `-latest` or in the date of an image. */
function imageLabel(release: string): string {
  return /-(latest|\d{8})$/.test(release) ? release : `${release}-latest`;
}

async function list(
  { send, virtualCluster: virtualClusterId }: EksRunsOptions,
  only: Pick<ListJobRunsRequest, 'states'>,
  signal?: AbortSignal
): Promise<readonly JobView[]> {
  const runs = await firstPages(async next => {
    const page = next === undefined ? {} : { nextToken: next };
    const answer = await send('ListJobRuns', { virtualClusterId, ...only, ...page }, signal);
    return { items: answer.jobRuns ?? [], next: answer.nextToken };
  }, LISTED);
  return newestFirst(runs.map(viewOf));
}

function viewOf(run: JobRun): JobView {
  const id = run.id ?? '';
  return {
    id,
    name: run.name ?? id,
    ...stateOf(run.state, STATES),
    reason: reasonOf(run.failureReason, run.stateDetails),
    createdAt: timeOf(run.createdAt),
    endedAt: timeOf(run.finishedAt)
  };
}

/** https://docs.aws.amazon.com/emr/latest/EMR-on-EKS-DevelopmentGuide/emr-eks-jobs-s3.html */
function logPlace({ logs, virtualCluster }: EksRunsOptions, id: string, stream: string) {
  return {
    bucket: logs.bucket,
    prefix: keyIn(logs, `${virtualCluster}/jobs/${id}/containers/`),
    matches: (key: string) => key.includes(`-driver/${stream}`)
  };
}
