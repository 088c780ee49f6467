import { HeadraceError } from '../../../shared/errors.ts';
import { persist, until } from '../control/patience.ts';
import type { ChangeSetView, StackView } from '../control/port.ts';
import { isUnchanged } from '../control/stack-views.ts';
import type { StackPlan } from '../template/types.ts';
import { reasonOf } from './reasons.ts';
import { isGone, isOnlyPlanned } from './statuses.ts';
import type { EngineWorld } from './world.ts';

const RHYTHM = { everyMs: 1_000, limitMs: 60_000 };

/** The error for a change set that CloudFormation could not make. */
export function unplannable(plan: StackPlan, changeSet: ChangeSetView): HeadraceError {
  const reason = reasonOf(changeSet.reason ?? '');
  return new HeadraceError('HR_AWS_REFUSED', `CloudFormation cannot plan ${plan.name}`, {
    why: reason.why,
    ...(reason.next === null ? {} : { next: reason.next })
  });
}

/** Makes a change set, which changes nothing yet. */
export function makeChangeSet(
  world: EngineWorld,
  plan: StackPlan,
  stack: StackView | null,
  parameters: Readonly<Record<string, string>>,
  signal: AbortSignal
): Promise<ChangeSetView> {
  const request = {
    stack: plan.name,
    kind: isGone(stack) || isOnlyPlanned(stack) ? ('CREATE' as const) : ('UPDATE' as const),
    template: plan.template,
    parameters,
    tags: plan.tags,
    token: world.token()
  };
  return persist(world, signal, () => world.stacks.createChangeSet(request, signal));
}

/**
 * Removes a change set that is not carried out, and with it the empty stack that the plan of a new one leaves behind.
 * `before` is what was there before the plan.
 */
export async function dropChangeSet(
  world: EngineWorld,
  changeSet: ChangeSetView,
  before: StackView | null,
  signal: AbortSignal
): Promise<void> {
  const { stacks } = world;
  await persist(world, signal, () => stacks.deleteChangeSet(changeSet.id, signal));
  if (!isGone(before) && !isOnlyPlanned(before)) return;
  const id = changeSet.stackId;
  // Somebody may have carried out another plan of this stack in the meantime.
  const now = await persist(world, signal, () => stacks.describe(id, signal));
  if (isGone(now) || !isOnlyPlanned(now)) return;
  const options = { token: world.token(), retain: [] };
  await persist(world, signal, () => stacks.delete(id, options, signal));
  await until(world, RHYTHM, signal, async () =>
    isGone(await stacks.describe(id, signal)) ? true : null
  );
}

/** Removes the empty stack of a plan that was cut off: one try, as a person is waiting for the interrupt. */
async function dropPlanned(world: EngineWorld, name: string): Promise<void> {
  const { signal } = new AbortController();
  const stack = await world.stacks.describe(name, signal);
  if (isGone(stack) || !isOnlyPlanned(stack)) return;
  await world.stacks.delete(stack.id, { token: world.token(), retain: [] }, signal);
}

/** What a change set would do; it is removed again, whatever happens. */
export async function readChanges(
  world: EngineWorld,
  plan: StackPlan,
  stack: StackView | null,
  parameters: Readonly<Record<string, string>>,
  signal: AbortSignal
): Promise<ChangeSetView['changes']> {
  try {
    const changeSet = await makeChangeSet(world, plan, stack, parameters, signal);
    await dropChangeSet(world, changeSet, stack, signal);
    if (isUnchanged(changeSet)) return [];
    if (changeSet.status === 'FAILED') throw unplannable(plan, changeSet);
    return changeSet.changes;
  } catch (error) {
    // The first error tells more than that of the cleaning; the next plan or apply uses the empty stack.
    if (isGone(stack)) await dropPlanned(world, plan.name).catch(() => undefined);
    throw error;
  }
}
