import * as sdk from '@aws-sdk/client-emr-serverless';
import { RUN_ENDED, type JobRun } from '../world/jobs.ts';
import { arnOf, textOf, type World } from '../world/world.ts';
import { ApiError } from '../wire/failure.ts';
import {
  applicationOf,
  createApplication,
  deleteApplication,
  getApplication,
  listApplications,
  start,
  startApplication,
  stopApplication,
  updateApplication
} from './applications.ts';
import { need, pageOf, type Action, type Service } from './service.ts';

const startJobRun: Action<sdk.StartJobRunCommandInput, sdk.StartJobRunCommandOutput> = (
  input,
  { world, caller }
) => {
  const application = applicationOf(world, input.applicationId);
  start(world, application);
  const id = `00f${world.hex(13)}`;
  const run: JobRun = {
    applicationId: application.id,
    id,
    name: input.name ?? '',
    arn: arnOf(world, 'emr-serverless', `/applications/${application.id}/jobruns/${id}`),
    mode: input.mode ?? 'BATCH',
    role: need(input.executionRoleArn, 'executionRoleArn'),
    release: textOf(application, 'ReleaseLabel'),
    createdBy: caller.arn,
    driver: need(input.jobDriver, 'jobDriver'),
    tags: input.tags ?? {},
    createdAt: world.time.now(),
    updatedAt: world.time.now(),
    state: 'SUBMITTED',
    details: ''
  };
  world.jobRuns.set(id, run);
  progress(world, run, ['PENDING', 'SCHEDULED', 'RUNNING', 'ending']);
  return { applicationId: application.id, jobRunId: id, arn: run.arn };
};

/** One state a step; a stream runs until it is cancelled, or ends as a test says. */
function progress(world: World, run: JobRun, [next, ...more]: readonly string[]): void {
  if (next === undefined) return;
  world.time.after(1, () => {
    if (RUN_ENDED.includes(run.state) || run.state === 'CANCELLING') return;
    if (next !== 'ending') move(world, run, next);
    else if (!ended(world, run)) progress(world, run, [next]);
    progress(world, run, more);
  });
}

function ended(world: World, run: JobRun): boolean {
  const ending = world.endings.get(run.name);
  if (ending === undefined && run.mode === 'STREAMING') return false;
  move(world, run, (ending?.succeeded ?? true) ? 'SUCCESS' : 'FAILED', ending?.reason ?? '');
  return true;
}

function move(world: World, run: JobRun, state: string, details = ''): void {
  run.state = state;
  run.details = details;
  run.updatedAt = world.time.now();
}

function runOf(
  world: World,
  input: { applicationId?: string | undefined; jobRunId?: string | undefined }
): JobRun {
  const run = world.jobRuns.get(input.jobRunId ?? '');
  if (run !== undefined && run.applicationId === input.applicationId) return run;
  throw new ApiError(
    'ResourceNotFoundException',
    `Job run ${String(input.jobRunId)} does not exist`,
    404
  );
}

const summary = (run: JobRun) => ({
  applicationId: run.applicationId,
  name: run.name,
  arn: run.arn,
  mode: run.mode,
  createdBy: run.createdBy,
  createdAt: new Date(run.createdAt),
  updatedAt: new Date(run.updatedAt),
  executionRole: run.role,
  state: run.state as sdk.JobRunState,
  // The model asks for at least one character.
  stateDetails: run.details || `Job run is ${run.state.toLowerCase()}`,
  releaseLabel: run.release
});

const getJobRun: Action<sdk.GetJobRunCommandInput, sdk.GetJobRunCommandOutput> = (
  input,
  { world }
) => {
  const run = runOf(world, input);
  return {
    jobRun: {
      ...summary(run),
      jobRunId: run.id,
      jobDriver: run.driver as sdk.JobDriver,
      tags: { ...run.tags },
      endedAt: RUN_ENDED.includes(run.state) ? new Date(run.updatedAt) : undefined
    }
  };
};

const listJobRuns: Action<sdk.ListJobRunsCommandInput, sdk.ListJobRunsCommandOutput> = (
  input,
  { world }
) => {
  const { id: application } = applicationOf(world, input.applicationId);
  const states = input.states as readonly string[] | undefined;
  const all = [...world.jobRuns.values()]
    .filter(run => run.applicationId === application)
    .filter(({ state }) => states === undefined || states.length === 0 || states.includes(state))
    .reverse();
  const { items, next } = pageOf(world, all, input.nextToken, input.maxResults ?? world.pageSize);
  return { nextToken: next, jobRuns: items.map(run => ({ ...summary(run), id: run.id })) };
};

const cancelJobRun: Action<sdk.CancelJobRunCommandInput, sdk.CancelJobRunCommandOutput> = (
  input,
  { world }
) => {
  const run = runOf(world, input);
  if (RUN_ENDED.includes(run.state)) {
    throw new ApiError('ValidationException', `Job run ${run.id} is in the ${run.state} state`);
  }
  move(world, run, 'CANCELLING');
  world.time.after(2, () => move(world, run, 'CANCELLED'));
  return { applicationId: run.applicationId, jobRunId: run.id };
};

const getDashboard: Action<
  sdk.GetDashboardForJobRunCommandInput,
  sdk.GetDashboardForJobRunCommandOutput
> = (input, { world }) => {
  const { applicationId, id } = runOf(world, input);
  const host = `${applicationId}.dashboard.emr-serverless.${world.region}.amazonaws.com`;
  return { url: `https://${host}/jobs/${id}?authToken=${world.hex(16)}` };
};

/** https://docs.aws.amazon.com/emr-serverless/latest/APIReference/ */
export const emrServerless: Service = {
  name: 'emr-serverless',
  signingName: 'emr-serverless',
  sdk,
  protocol: 'rest-json',
  actions: {
    CreateApplication: createApplication,
    GetApplication: getApplication,
    ListApplications: listApplications,
    StartApplication: startApplication,
    StopApplication: stopApplication,
    UpdateApplication: updateApplication,
    DeleteApplication: deleteApplication,
    StartJobRun: startJobRun,
    GetJobRun: getJobRun,
    ListJobRuns: listJobRuns,
    CancelJobRun: cancelJobRun,
    GetDashboardForJobRun: getDashboard
  }
};
