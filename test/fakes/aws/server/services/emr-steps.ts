import type * as sdk from '@aws-sdk/client-emr';
import { STEP_ENDED, type Step } from '../world/jobs.ts';
import { ApiError } from '../wire/failure.ts';
import type { Thing, World } from '../world/world.ts';
import { pageOf, type Action } from './service.ts';

/** A step runs until it is cancelled, or ends as a test says: a stream has no end of its own. */
const addSteps =
  (
    clusterOf: ClusterOf
  ): Action<sdk.AddJobFlowStepsCommandInput, sdk.AddJobFlowStepsCommandOutput> =>
  (input, { world }) => {
    const cluster = clusterOf(world, input.JobFlowId);
    if (/^TERMINAT/.test(cluster.state)) {
      throw new ApiError(
        'ValidationException',
        `A job flow that is shutting down, terminating, or finished may not be modified.`
      );
    }
    const steps = (input.Steps ?? []).map(each => newStep(world, cluster, each));
    for (const step of steps) {
      world.steps.set(step.id, step);
      world.time.after(1, () => begin(world, step));
    }
    return { StepIds: steps.map(({ id }) => id) };
  };

type ClusterOf = (world: World, id: string | undefined) => Thing;

const newStep = (world: World, cluster: Thing, given: sdk.StepConfig): Step => ({
  clusterId: cluster.id,
  id: `s-${world.hex(13).toUpperCase()}`,
  name: given.Name ?? '',
  actionOnFailure: given.ActionOnFailure ?? 'CONTINUE',
  jar: given.HadoopJarStep?.Jar ?? '',
  args: given.HadoopJarStep?.Args ?? [],
  createdAt: world.time.now(),
  startedAt: null,
  endedAt: null,
  state: 'PENDING',
  reason: null
});

function begin(world: World, step: Step): void {
  if (step.state !== 'PENDING') return;
  step.state = 'RUNNING';
  step.startedAt = world.time.now();
  watch(world, step);
}

/** Looks at each step of time whether a test has ended it. */
function watch(world: World, step: Step): void {
  world.time.after(1, () => {
    const ending = world.endings.get(step.name);
    if (step.state !== 'RUNNING') return;
    if (ending === undefined) watch(world, step);
    else end(world, step, ending.succeeded ? 'COMPLETED' : 'FAILED', ending.reason);
  });
}

function end(world: World, step: Step, state: string, reason: string): void {
  step.state = state;
  step.reason = reason === '' ? null : reason;
  step.endedAt = world.time.now();
}

const describeStep: Action<sdk.DescribeStepCommandInput, sdk.DescribeStepCommandOutput> = (
  { StepId: id },
  { world }
) => ({ Step: stepOut(stepOf(world, id)) });

function stepOf(world: World, id: string | undefined): Step {
  const step = world.steps.get(id ?? '');
  if (step !== undefined) return step;
  throw new ApiError('InvalidRequestException', `Step id '${String(id)}' is not valid.`);
}

const stepOut = (step: Step): sdk.StepSummary => ({
  Id: step.id,
  Name: step.name,
  ActionOnFailure: step.actionOnFailure as sdk.ActionOnFailure,
  Config: { Jar: step.jar, Args: [...step.args], Properties: {} },
  Status: {
    State: step.state as sdk.StepState,
    StateChangeReason: {},
    FailureDetails: step.reason === null ? undefined : { Message: step.reason },
    Timeline: {
      CreationDateTime: new Date(step.createdAt),
      StartDateTime: step.startedAt === null ? undefined : new Date(step.startedAt),
      EndDateTime: step.endedAt === null ? undefined : new Date(step.endedAt)
    }
  }
});

const listSteps =
  (clusterOf: ClusterOf): Action<sdk.ListStepsCommandInput, sdk.ListStepsCommandOutput> =>
  (input, { world }) => {
    const { id } = clusterOf(world, input.ClusterId);
    const states = input.StepStates as readonly string[] | undefined;
    const all = [...world.steps.values()]
      .filter(step => step.clusterId === id)
      .filter(({ state }) => states === undefined || states.length === 0 || states.includes(state))
      .reverse();
    const { items, next } = pageOf(world, all, input.Marker);
    return { Steps: items.map(stepOut), Marker: next };
  };

const cancelSteps: Action<sdk.CancelStepsCommandInput, sdk.CancelStepsCommandOutput> = (
  { StepIds: ids = [] },
  { world }
) => ({
  CancelStepsInfoList: ids.map(id => {
    const step = stepOf(world, id);
    if (STEP_ENDED.includes(step.state)) {
      return { StepId: id, Status: 'FAILED', Reason: `Step is ${step.state}` };
    }
    step.state = 'CANCEL_PENDING';
    world.time.after(1, () => end(world, step, 'CANCELLED', ''));
    return { StepId: id, Status: 'SUBMITTED' };
  })
});

export const stepActions = (clusterOf: ClusterOf) => ({
  AddJobFlowSteps: addSteps(clusterOf),
  DescribeStep: describeStep,
  ListSteps: listSteps(clusterOf),
  CancelSteps: cancelSteps
});
