import { HeadraceError } from '../../../shared/errors.ts';
import { jittered, persist } from '../control/patience.ts';
import type { StackEventView, StackView } from '../control/port.ts';
import type { Layer } from '../environment/spec.ts';
import { isOfStack, trackProgress, type OnProgress } from './progress.ts';
import { isGone, isOnlyPlanned, isWorking } from './statuses.ts';
import type { EngineWorld } from './world.ts';

const FIRST_PAUSE_MS = 3_000;
const LONGEST_PAUSE_MS = 15_000;
const GROWTH = 1.4;
/** A stack that was at rest before may look so for a moment after it was told to change. */
const LOOKS_AT_REST = 5;

/** Longest waits; MSK takes up to three quarters of an hour. */
const LIMITS_MS: Readonly<Record<Layer, number>> = {
  net: 30 * 60_000,
  kafka: 120 * 60_000,
  spark: 60 * 60_000
};

export interface Followed {
  readonly layer: Layer;
  /** Identity of the stack, by which it is found even after it was deleted. */
  readonly id: string;
  /** Identities of the events that were there before. */
  readonly known: ReadonlySet<string>;
}

/** How an operation on a stack ended. */
export interface Settled {
  /** Null where it is gone. */
  readonly stack: StackView | null;
  /** Of this operation, oldest first. */
  readonly events: readonly StackEventView[];
}

function tooLong(followed: Followed): HeadraceError {
  return new HeadraceError(
    'HR_TIMEOUT',
    `The ${followed.layer} stack takes longer than it ever should`,
    {
      why: `${LIMITS_MS[followed.layer] / 60_000} minutes`,
      next: 'AWS goes on with it, and it costs: run the same cell again to go on waiting.'
    }
  );
}

function isAtRest(stack: StackView | null, newest: StackEventView | undefined, looks: number) {
  if (isGone(stack)) return true;
  if (isWorking(stack.status) || isOnlyPlanned(stack)) return false;
  const ended = newest !== undefined && !isWorking(newest.status);
  return ended || looks >= LOOKS_AT_REST;
}

/**
 * Waits until CloudFormation has done with a stack and tells of each resource. Survives throttling and cuts of the
 * network. Rejects with HR_TIMEOUT after the limit of the layer, and with HR_INTERRUPTED; AWS goes on in both cases.
 */
export async function followStack(
  world: EngineWorld,
  followed: Followed,
  onProgress: OnProgress,
  signal: AbortSignal
): Promise<Settled> {
  const { clock, random, stacks } = world;
  const end = clock.now() + LIMITS_MS[followed.layer];
  const told = new Set(followed.known);
  const seen: StackEventView[] = [];
  const track = trackProgress(followed.layer, clock, onProgress);
  let pause = FIRST_PAUSE_MS;
  for (let looks = 0; clock.now() < end; looks += 1) {
    // The stack first: events read after it are at least as new as its state.
    const stack = await persist(world, signal, () => stacks.describe(followed.id, signal));
    const events = await persist(world, signal, () => stacks.events(followed.id, signal));
    const fresh = events.filter(event => !told.has(event.id)).reverse();
    for (const event of fresh) told.add(event.id);
    seen.push(...fresh);
    track(fresh);
    if (isAtRest(stack, seen.findLast(isOfStack), looks))
      return { stack: isGone(stack) ? null : stack, events: seen };
    pause = fresh.length > 0 ? FIRST_PAUSE_MS : Math.min(LONGEST_PAUSE_MS, pause * GROWTH);
    await clock.sleep(jittered(pause, random), signal);
  }
  throw tooLong(followed);
}

/** The identities of all events that a stack has now. */
export async function knownEvents(
  world: EngineWorld,
  stack: string,
  signal: AbortSignal
): Promise<ReadonlySet<string>> {
  const events = await persist(world, signal, () => world.stacks.events(stack, signal));
  return new Set(events.map(event => event.id));
}
