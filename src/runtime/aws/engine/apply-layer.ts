import { HeadraceError } from '../../../shared/errors.ts';
import { persist } from '../control/patience.ts';
import type { StackView } from '../control/port.ts';
import { isUnchanged } from '../control/stack-views.ts';
import type { CostEstimate } from '../cost/port.ts';
import { LAYERS, stackName, type Layer } from '../environment/spec.ts';
import type { StackPlan } from '../template/types.ts';
import { failureReport } from './failure-report.ts';
import { followStack, knownEvents, type Settled } from './follow-stack.ts';
import { lossRefusal } from './loss.ts';
import { assertOurs, type Claim } from './ownership.ts';
import { dropChangeSet, makeChangeSet, unplannable } from './plan-layer.ts';
import { eventsBefore, type OnProgress } from './progress.ts';
import { isGone, isReady, isStanding, isWorking, nextStep } from './statuses.ts';
import { stuckError } from './stuck.ts';
import type { EngineWorld } from './world.ts';

/** More states in a row than this come only from somebody who changes the same stack at the same time. */
const MOST_STEPS = 6;

export interface LayerTask {
  readonly plan: StackPlan;
  readonly parameters: Readonly<Record<string, string>>;
  readonly claim: Claim;
  readonly cost: CostEstimate | null;
}

export interface AppliedLayer {
  readonly layer: Layer;
  readonly stackId: string;
  readonly outputs: Readonly<Record<string, string>>;
  /** Whether anything was made or changed. */
  readonly changed: boolean;
}

interface Hands {
  readonly world: EngineWorld;
  readonly onProgress: OnProgress;
  readonly signal: AbortSignal;
}

function look(name: string, { world, signal }: Hands): Promise<StackView | null> {
  return persist(world, signal, () => world.stacks.describe(name, signal));
}

/** The layers that stand now, and cost, whoever made them when. */
async function standingLayers(task: LayerTask, hands: Hands): Promise<readonly Layer[]> {
  const standing: Layer[] = [];
  for (const layer of LAYERS) {
    const stack = await look(stackName(task.claim.environment, layer), hands);
    if (!isGone(stack) && isStanding(stack.status)) standing.push(layer);
  }
  return standing;
}

/** The resources that a failed creation left; none where the stack stands as it was before. */
async function remaining(stack: StackView | null, { world, signal }: Hands) {
  if (stack === null || isStanding(stack.status)) return [];
  const all = await persist(world, signal, () => world.stacks.resources(stack.id, signal));
  return all.filter(one => one.physicalId !== null && one.status !== 'DELETE_COMPLETE');
}

async function failed(task: LayerTask, settled: Settled, hands: Hands): Promise<HeadraceError> {
  return failureReport({
    environment: task.claim.environment,
    layer: task.plan.layer,
    events: settled.events,
    remaining: await remaining(settled.stack, hands),
    standing: await standingLayers(task, hands),
    cost: task.cost
  });
}

function applied(task: LayerTask, stack: StackView, changed: boolean): AppliedLayer {
  return { layer: task.plan.layer, stackId: stack.id, outputs: stack.outputs, changed };
}

/** Waits for what CloudFormation is doing; rejects where it fails. A deletion ends well when the stack is gone. */
async function join(task: LayerTask, stack: StackView, hands: Hands): Promise<void> {
  const { world, onProgress, signal } = hands;
  const events = await persist(world, signal, () => world.stacks.events(stack.id, signal));
  const settled = await followStack(
    world,
    { layer: task.plan.layer, id: stack.id, known: eventsBefore(events) },
    onProgress,
    signal
  );
  if (settled.stack === null || isReady(settled.stack.status)) return;
  if (settled.stack.status === 'DELETE_FAILED')
    throw stuckError(task.claim.environment, settled.stack);
  throw await failed(task, settled, hands);
}

/** Deletes a stack whose creation failed, so that it can be made anew. */
async function remove(task: LayerTask, stack: StackView, hands: Hands): Promise<void> {
  const { world, onProgress, signal } = hands;
  const known = await knownEvents(world, stack.id, signal);
  const options = { token: world.token(), retain: [] };
  await persist(world, signal, () => world.stacks.delete(stack.id, options, signal));
  const { layer } = task.plan;
  const settled = await followStack(world, { layer, id: stack.id, known }, onProgress, signal);
  if (settled.stack !== null) throw stuckError(task.claim.environment, settled.stack);
}

/**
 * Begins the change set; null where that was done. Gives the refusal where the stack moves, or has moved since `known`:
 * somebody was faster, or the answer to our own first request was lost.
 */
async function execute(
  changeSet: string,
  stack: string,
  known: ReadonlySet<string>,
  hands: Hands
): Promise<HeadraceError | null> {
  const { world, signal } = hands;
  const token = world.token();
  try {
    await persist(world, signal, () => world.stacks.execute(changeSet, token, signal));
    return null;
  } catch (error) {
    if (!(error instanceof HeadraceError) || error.code !== 'HR_AWS_REFUSED') throw error;
    const now = await look(stack, hands);
    const events = await persist(world, signal, () => world.stacks.events(stack, signal));
    const moved = events.some(({ id }) => !known.has(id));
    if (isGone(now) || !(moved || isWorking(now.status))) throw error;
    return error;
  }
}

/** Makes or changes the stack; a refusal where somebody else was faster, and it has to be looked at again. */
async function change(
  task: LayerTask,
  stack: StackView | null,
  hands: Hands
): Promise<AppliedLayer | HeadraceError> {
  const { world, onProgress, signal } = hands;
  const { plan, parameters } = task;
  const changeSet = await makeChangeSet(world, plan, stack, parameters, signal);
  const unchanged = isUnchanged(changeSet);
  const refusal = unchanged
    ? null
    : changeSet.status === 'FAILED'
      ? unplannable(plan, changeSet)
      : lossRefusal(plan.name, changeSet.changes);
  if (unchanged || refusal !== null) await dropChangeSet(world, changeSet, stack, signal);
  if (refusal !== null) throw refusal;
  if (unchanged && !isGone(stack)) return applied(task, stack, false);
  const id = changeSet.stackId;
  const known = await knownEvents(world, id, signal);
  const refused = await execute(changeSet.id, id, known, hands);
  if (refused !== null) return refused;
  const settled = await followStack(world, { layer: plan.layer, id, known }, onProgress, signal);
  if (settled.stack !== null && isReady(settled.stack.status))
    return applied(task, settled.stack, true);
  throw await failed(task, settled, hands);
}

/**
 * Brings one stack to what its plan says, from whatever state it is in: it is made, changed, joined where CloudFormation
 * is at work on it, and deleted and made anew where its creation failed before.
 */
export async function applyLayer(
  task: LayerTask,
  world: EngineWorld,
  onProgress: OnProgress,
  signal: AbortSignal
): Promise<AppliedLayer> {
  const hands: Hands = { world, onProgress, signal };
  let refused: HeadraceError | null = null;
  for (let steps = 0; steps < MOST_STEPS; steps += 1) {
    const stack = await look(task.plan.name, hands);
    const step = nextStep(stack);
    if (isGone(stack) || step === 'create' || step === 'update') {
      if (!isGone(stack)) assertOurs([stack], task.claim);
      const result = await change(task, stack, hands);
      if (!(result instanceof HeadraceError)) return result;
      refused = result;
      continue;
    }
    assertOurs([stack], task.claim);
    if (step === 'refuse') throw stuckError(task.claim.environment, stack);
    await (step === 'join' ? join : remove)(task, stack, hands);
  }
  throw restless(task.plan.name, refused);
}

function restless(stack: string, refused: HeadraceError | null): HeadraceError {
  return new HeadraceError('HR_ENVIRONMENT', `The stack ${stack} does not come to rest`, {
    why: refused?.why ?? 'somebody else changes it at the same time',
    next: 'Run the cell again when nobody else changes it.',
    ...(refused === null ? {} : { cause: refused })
  });
}
