import type * as sdk from '@aws-sdk/client-emr-containers';
import type { JobRun } from '../world/jobs.ts';
import { textIn } from '../wire/checked.ts';
import { ApiError } from '../wire/failure.ts';
import { objectIn, textOf, type Thing, type World } from '../world/world.ts';
import { emrContainersModel } from './emr-containers-model.ts';
import { need, pageOf, type Action, type Service } from './service.ts';

const VIRTUAL_CLUSTER = 'AWS::EMRContainers::VirtualCluster';
const ENDED: readonly string[] = ['COMPLETED', 'FAILED', 'CANCELLED'];

const missing = (what: string): ApiError =>
  new ApiError('ResourceNotFoundException', `${what} does not exist`, 400);

function virtualClusterOf(world: World, id: string | undefined): Thing {
  const cluster = world.things.get(id ?? '');
  if (cluster?.type === VIRTUAL_CLUSTER) return cluster;
  throw missing(`Virtual cluster ${String(id)}`);
}

const startJobRun: Action<sdk.StartJobRunCommandInput, sdk.StartJobRunCommandOutput> = (
  input,
  { world, caller }
) => {
  const cluster = virtualClusterOf(world, input.virtualClusterId);
  const id = world.hex(19);
  const run: JobRun = {
    applicationId: cluster.id,
    id,
    name: input.name ?? '',
    arn: `${cluster.arn ?? ''}/jobruns/${id}`,
    mode: 'STREAMING',
    role: need(input.executionRoleArn, 'executionRoleArn'),
    release: need(input.releaseLabel, 'releaseLabel'),
    createdBy: caller.arn,
    driver: need(input.jobDriver, 'jobDriver'),
    tags: input.tags ?? {},
    createdAt: world.time.now(),
    updatedAt: world.time.now(),
    state: 'PENDING',
    details: ''
  };
  world.jobRuns.set(id, run);
  world.time.after(1, () => move(world, run, ['PENDING'], 'SUBMITTED'));
  world.time.after(2, () => {
    move(world, run, ['SUBMITTED'], 'RUNNING');
    watch(world, run);
  });
  return { id, name: run.name, arn: run.arn, virtualClusterId: cluster.id };
};

function move(
  world: World,
  run: JobRun,
  from: readonly string[],
  state: string,
  details = ''
): void {
  if (!from.includes(run.state)) return;
  run.state = state;
  run.details = details;
  run.updatedAt = world.time.now();
}

/** A job runs until it is cancelled, or ends as a test says. */
function watch(world: World, run: JobRun): void {
  world.time.after(1, () => {
    if (run.state !== 'RUNNING') return;
    const ending = world.endings.get(run.name);
    if (ending === undefined) watch(world, run);
    else move(world, run, ['RUNNING'], ending.succeeded ? 'COMPLETED' : 'FAILED', ending.reason);
  });
}

interface One {
  readonly virtualClusterId?: string | undefined;
  readonly id?: string | undefined;
}

function runOf(world: World, { virtualClusterId, id }: One): JobRun {
  const run = world.jobRuns.get(id ?? '');
  if (run !== undefined && run.applicationId === virtualClusterId) return run;
  throw missing(`Job run ${String(id)}`);
}

const runOut = (run: JobRun): sdk.JobRun => ({
  id: run.id,
  name: run.name,
  arn: run.arn,
  virtualClusterId: run.applicationId,
  state: run.state as sdk.JobRunState,
  executionRoleArn: run.role,
  releaseLabel: run.release,
  jobDriver: run.driver,
  createdAt: new Date(run.createdAt),
  createdBy: run.createdBy,
  ...(run.details === '' ? {} : { stateDetails: run.details }),
  ...(ENDED.includes(run.state) ? { finishedAt: new Date(run.updatedAt) } : {}),
  ...(run.state === 'FAILED' ? { failureReason: 'USER_ERROR' as const } : {}),
  tags: { ...run.tags }
});

const describeJobRun: Action<sdk.DescribeJobRunCommandInput, sdk.DescribeJobRunCommandOutput> = (
  input,
  { world }
) => ({ jobRun: runOut(runOf(world, input)) });

const listJobRuns: Action<sdk.ListJobRunsCommandInput, sdk.ListJobRunsCommandOutput> = (
  input,
  { world }
) => {
  const { id } = virtualClusterOf(world, input.virtualClusterId);
  const states = input.states as readonly string[] | undefined;
  const all = [...world.jobRuns.values()]
    .filter(run => run.applicationId === id)
    .filter(({ state }) => states?.includes(state) ?? true)
    .reverse();
  const { items, next } = pageOf(world, all, input.nextToken, input.maxResults ?? world.pageSize);
  return { jobRuns: items.map(runOut), ...(next === undefined ? {} : { nextToken: next }) };
};

const cancelJobRun: Action<sdk.CancelJobRunCommandInput, sdk.CancelJobRunCommandOutput> = (
  input,
  { world }
) => {
  const run = runOf(world, input);
  if (ENDED.includes(run.state)) {
    throw new ApiError('ValidationException', `Job run ${run.id} is not in a cancellable state`);
  }
  move(world, run, [run.state], 'CANCEL_PENDING');
  world.time.after(1, () => move(world, run, ['CANCEL_PENDING'], 'CANCELLED'));
  return { id: run.id, virtualClusterId: run.applicationId };
};

const describeVirtualCluster: Action<
  sdk.DescribeVirtualClusterCommandInput,
  sdk.DescribeVirtualClusterCommandOutput
> = ({ id }, { world }) => {
  const cluster = virtualClusterOf(world, id);
  const provider = objectIn(cluster.properties, 'ContainerProvider');
  return {
    virtualCluster: {
      id: cluster.id,
      name: textOf(cluster, 'Name'),
      arn: cluster.arn ?? '',
      state: cluster.state as sdk.VirtualClusterState,
      containerProvider: { type: 'EKS', id: textIn(provider['Id']) },
      createdAt: new Date(cluster.createdAt),
      tags: { ...cluster.tags }
    }
  };
};

/** Nothing here makes endpoints. */
const listEndpoints: Action<
  sdk.ListManagedEndpointsCommandInput,
  sdk.ListManagedEndpointsCommandOutput
> = ({ virtualClusterId }, { world }) => {
  virtualClusterOf(world, virtualClusterId);
  return { endpoints: [] };
};

/** https://docs.aws.amazon.com/emr-on-eks/latest/APIReference/ */
export const emrContainers: Service = {
  name: 'emr-containers',
  signingName: 'emr-containers',
  sdk: emrContainersModel,
  protocol: 'rest-json',
  actions: {
    StartJobRun: startJobRun,
    DescribeJobRun: describeJobRun,
    ListJobRuns: listJobRuns,
    CancelJobRun: cancelJobRun,
    DescribeVirtualCluster: describeVirtualCluster,
    ListManagedEndpoints: listEndpoints
  }
};
