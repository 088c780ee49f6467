import type { JobRun, JobRunSummary, ListJobRunsRequest } from '@aws-sdk/client-emr-serverless';
import type { EmrServerlessSend } from '../serverless/operations.ts';
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

export interface ServerlessRunsOptions {
  readonly send: EmrServerlessSend;
  readonly s3: S3Send;
  readonly application: string;
  readonly executionRoleArn: string;
  /** Where the logs are to go. */
  readonly logs: Folder;
}

/** https://docs.aws.amazon.com/emr/latest/EMR-Serverless-UserGuide/job-states.html */
const STATES = {
  SUBMITTED: 'waiting',
  QUEUED: 'waiting',
  PENDING: 'waiting',
  SCHEDULED: 'waiting',
  RUNNING: 'running',
  CANCELLING: 'stopping',
  SUCCESS: 'succeeded',
  FAILED: 'failed',
  CANCELLED: 'stopped'
} as const satisfies Readonly<Record<string, JobState>>;

/** Failures in an hour after which a stream is given up. */
const FAILURES_PER_HOUR = 5;
/** No limit; otherwise a job is ended after twelve hours. */
const UNLIMITED_MINUTES = 0;
/** For the batch in hand to be finished, seconds. Since release 7.9.0. */
const GRACE_S = 60;

/**
 * Jobs on an EMR Serverless application, which starts by itself for them. A stream is run in the mode STREAMING, and
 * started again when it fails. https://docs.aws.amazon.com/emr/latest/EMR-Serverless-UserGuide/jobs-spark-streaming.html
 */
export function serverlessRuns(options: ServerlessRunsOptions): JobTarget {
  const { send, s3, application } = options;
  const look = async (id: string, signal?: AbortSignal): Promise<Partial<JobRun>> => {
    const request = { applicationId: application, jobRunId: id };
    return (await send('GetJobRun', request, signal)).jobRun ?? {};
  };
  return {
    kind: 'emr-serverless',
    state: async (id, signal) => viewOf(id, await look(id, signal)),
    async submit(job, signal) {
      const { jobRunId } = await send('StartJobRun', startRequest(options, job), signal);
      return jobRunId ?? '';
    },
    log: (id, query, signal) =>
      readLogFiles(s3, logPlace(options, id, query.stream), query, signal),
    async stop(id, signal) {
      const run = await look(id, signal);
      if (hasJobEnded(viewOf(id, run).state)) return;
      const grace = run.mode === 'STREAMING' ? { shutdownGracePeriodInSeconds: GRACE_S } : {};
      const request = { applicationId: application, jobRunId: id, ...grace };
      await send('CancelJobRun', request, signal);
    },
    list: signal => list(options, {}, signal),
    running: signal => list(options, { states: openStates(STATES) }, signal)
  };
}

function startRequest({ application, executionRoleArn, logs }: ServerlessRunsOptions, job: Job) {
  const parameters = submitParameters(job);
  return {
    applicationId: application,
    clientToken: job.token,
    executionRoleArn,
    name: job.name,
    jobDriver: {
      sparkSubmit: {
        entryPoint: job.entryPoint,
        entryPointArguments: [...(job.arguments ?? [])],
        ...(parameters === '' ? {} : { sparkSubmitParameters: parameters })
      }
    },
    configurationOverrides: {
      monitoringConfiguration: {
        s3MonitoringConfiguration: { logUri: folderAddress(logs) }
      }
    },
    ...(job.tags === undefined ? {} : { tags: { ...job.tags } }),
    ...(job.streaming ? STREAMING : { mode: 'BATCH' as const })
  };
}

const STREAMING = {
  mode: 'STREAMING',
  retryPolicy: { maxFailedAttemptsPerHour: FAILURES_PER_HOUR },
  executionTimeoutMinutes: UNLIMITED_MINUTES
} as const;

async function list(
  { send, application }: ServerlessRunsOptions,
  only: Pick<ListJobRunsRequest, 'states'>,
  signal?: AbortSignal
): Promise<readonly JobView[]> {
  const runs = await firstPages(async next => {
    const page = next === undefined ? {} : { nextToken: next };
    const answer = await send(
      'ListJobRuns',
      { applicationId: application, ...only, ...page },
      signal
    );
    return { items: answer.jobRuns ?? [], next: answer.nextToken };
  }, LISTED);
  return newestFirst(runs.map(run => viewOf(run.id ?? '', run)));
}

function viewOf(id: string, run: Partial<JobRun> | Partial<JobRunSummary>): JobView {
  return {
    id,
    name: run.name ?? id,
    ...stateOf(run.state, STATES),
    reason: reasonOf(run.stateDetails),
    createdAt: timeOf(run.createdAt),
    endedAt: 'endedAt' in run ? timeOf(run.endedAt) : null
  };
}

/** Attempts of a stream have folders of their own. https://docs.aws.amazon.com/emr/latest/EMR-Serverless-UserGuide/logging.html */
function logPlace({ logs, application }: ServerlessRunsOptions, id: string, stream: string) {
  return {
    bucket: logs.bucket,
    prefix: keyIn(logs, `applications/${application}/jobs/${id}/`),
    matches: (key: string) => key.includes(`/SPARK_DRIVER/${stream}`)
  };
}
