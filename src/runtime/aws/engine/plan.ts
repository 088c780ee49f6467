import { persist } from '../control/patience.ts';
import type { ResourceChange, StackView } from '../control/port.ts';
import type { OpenedRule, PlannedStack, PolicyStatement } from '../environments-port.ts';
import type { StackPlan } from '../template/types.ts';
import { losesContent, lossRefusal } from './loss.ts';
import { assertOurs, type Claim } from './ownership.ts';
import { parametersOf, type LayerOutputs } from './parameters.ts';
import { readChanges } from './plan-layer.ts';
import { review } from './review.ts';
import { isGone, isOnlyPlanned, isStanding, nextStep, type NextStep } from './statuses.ts';
import { stuckError } from './stuck.ts';
import { templateChanges } from './template-diff.ts';
import { usualMs } from './usual.ts';
import type { EngineWorld } from './world.ts';

/** What an apply would do with one layer. */
export interface PlannedLayer extends PlannedStack {
  /** `join`: an earlier apply is at work on it. `recreate`: its creation failed, it is deleted first. */
  readonly step: 'create' | 'update' | 'none' | 'join' | 'recreate';
  /** Whether CloudFormation said so itself; otherwise it follows from the template alone. */
  readonly exact: boolean;
}

export interface EnginePlan {
  readonly stacks: readonly PlannedLayer[];
  readonly rules: readonly OpenedRule[];
  readonly statements: readonly PolicyStatement[];
  readonly warnings: readonly string[];
  /** Milliseconds until all layers stand. */
  readonly usualMs: number;
}

interface Reading {
  readonly plan: StackPlan;
  readonly layer: PlannedLayer;
  readonly outputs: Readonly<Record<string, string>> | null;
}

function stepOf(next: NextStep, changes: readonly ResourceChange[]): PlannedLayer['step'] {
  if (next === 'join') return 'join';
  if (next === 'remove') return 'recreate';
  return next === 'update' && changes.length === 0 ? 'none' : next === 'update' ? next : 'create';
}

/** The template that a stack stands on, where it is not to be made anew. */
async function standingTemplate(world: EngineWorld, stack: StackView | null, signal: AbortSignal) {
  if (isGone(stack) || isOnlyPlanned(stack) || nextStep(stack) === 'remove') return null;
  return persist(world, signal, () => world.stacks.template(stack.id, signal));
}

async function readLayer(
  plan: StackPlan,
  outputs: LayerOutputs,
  claim: Claim,
  world: EngineWorld,
  signal: AbortSignal
): Promise<Reading> {
  const stack = await persist(world, signal, () => world.stacks.describe(plan.name, signal));
  if (!isGone(stack)) assertOurs([stack], claim);
  const next = nextStep(stack);
  if (next === 'refuse' && stack !== null) throw stuckError(claim.environment, stack);
  const parameters = parametersOf(plan, outputs);
  const exact = (next === 'create' || next === 'update') && parameters !== null;
  const changes = exact
    ? await readChanges(world, plan, stack, parameters, signal)
    : templateChanges(await standingTemplate(world, stack, signal), plan.template);
  const refusal = lossRefusal(plan.name, changes);
  if (refusal !== null) throw refusal;
  const timed = changes.map(change => ({
    ...change,
    usualMs: usualMs(change.type, change.action === 'Remove')
  }));
  const { layer, name } = plan;
  return {
    plan,
    layer: { layer, name, changes: timed, step: stepOf(next, changes), exact },
    outputs: !isGone(stack) && isStanding(stack.status) ? stack.outputs : null
  };
}

function warningsOf({ layer }: Reading): string[] {
  const replaced = layer.changes
    .filter(losesContent)
    .map(({ logicalId, type }) => `${logicalId} (${type}) is made anew, and what it held is lost.`);
  if (layer.step === 'join')
    replaced.push(`The ${layer.layer} stack is being made by an earlier apply, which is joined.`);
  if (layer.step === 'recreate')
    replaced.push(`The ${layer.layer} stack failed before; it is deleted and made anew.`);
  return replaced;
}

/** The layers are made one after another, the resources of one mostly at the same time. */
function durationOf(layers: readonly PlannedLayer[]): number {
  return layers
    .map(({ changes }) => Math.max(0, ...changes.map(change => change.usualMs ?? 0)))
    .reduce((sum, longest) => sum + longest, 0);
}

/**
 * What an apply would do, layer by layer. A layer whose parameters are known is planned by CloudFormation with a change
 * set, which is deleted again; a later one by its template. Rejects with HR_ENVIRONMENT where a Kafka cluster would be
 * lost, a stack is not ours or cannot be changed.
 */
export async function planEnvironment(
  plans: readonly StackPlan[],
  claim: Claim,
  world: EngineWorld,
  signal: AbortSignal
): Promise<EnginePlan> {
  const readings: Reading[] = [];
  let outputs: LayerOutputs = {};
  for (const plan of plans) {
    const reading = await readLayer(plan, outputs, claim, world, signal);
    readings.push(reading);
    if (reading.outputs !== null) outputs = { ...outputs, [plan.layer]: reading.outputs };
  }
  const reviews = readings.map(({ plan, layer }) =>
    review(
      plan.template.Resources,
      new Set(layer.changes.filter(one => one.action !== 'Remove').map(one => one.logicalId))
    )
  );
  const stacks = readings.map(reading => reading.layer);
  return {
    stacks,
    rules: reviews.flatMap(one => one.rules),
    statements: reviews.flatMap(one => one.statements),
    warnings: readings.flatMap(warningsOf),
    usualMs: durationOf(stacks)
  };
}
