import { HeadraceError } from '../../../shared/errors.ts';
import { persist } from '../control/patience.ts';
import type { StackResourceView, StackView } from '../control/port.ts';
import type { Leftover } from '../environments-port.ts';
import { stackName, type Layer } from '../environment/spec.ts';
import type { Cleaner, OwnNetwork } from './cleaners/port.ts';
import { followStack, knownEvents } from './follow-stack.ts';
import { eventsBefore, type OnProgress } from './progress.ts';
import { unguardLayer } from './guard.ts';
import { reasonOf } from './reasons.ts';
import { isGone, isWorking } from './statuses.ts';
import type { EngineWorld } from './world.ts';

const ATTEMPTS = 3;
/** Errors after which nothing else can work either. */
const FATAL: readonly string[] = ['HR_INTERRUPTED', 'HR_AWS_CREDENTIALS', 'HR_AWS_UNREACHABLE'];

export interface DestroyHands {
  readonly world: EngineWorld;
  readonly cleaners: readonly Cleaner[];
  readonly onProgress: OnProgress;
  readonly onNotice: (sentence: string) => void;
  readonly signal: AbortSignal;
}

export interface LayerTarget {
  readonly environment: string;
  readonly layer: Layer;
  readonly network: OwnNetwork;
}

/** What became of one layer. */
export interface DestroyedLayer {
  /** Resources that are gone. */
  readonly removed: number;
  /** Resources that could not be removed. */
  readonly left: readonly Leftover[];
}

/** What happened and why; rethrows what ends the whole work. */
export function sentenceOf(error: unknown): string {
  if (!(error instanceof HeadraceError) || FATAL.includes(error.code)) throw error;
  return error.why === undefined ? error.message : `${error.message} (${error.why})`;
}

/** A cleaner that fails does not keep the others, or the deletion, from being tried. */
async function runCleaners(
  target: LayerTarget,
  stack: StackView,
  thorough: boolean,
  hands: DestroyHands
): Promise<void> {
  const { world, signal, onNotice } = hands;
  const resources = await persist(world, signal, () => world.stacks.resources(stack.id, signal));
  const scene = { ...target, resources, thorough };
  for (const cleaner of hands.cleaners.filter(one => one.layers.includes(target.layer)))
    try {
      const did = await persist(world, signal, () => cleaner.clean(scene, signal));
      for (const sentence of did) onNotice(sentence);
    } catch (error) {
      onNotice(`Could not clean ${cleaner.what}: ${sentenceOf(error)}.`);
    }
}

/** Waits until a stack may be deleted: only one that is just being made may be so at once. */
async function atRest(target: LayerTarget, stack: StackView, hands: DestroyHands) {
  if (!isWorking(stack.status) || stack.status === 'CREATE_IN_PROGRESS') return stack;
  const { world, onProgress, signal } = hands;
  const events = await persist(world, signal, () => world.stacks.events(stack.id, signal));
  const known = eventsBefore(events);
  const followed = { layer: target.layer, id: stack.id, known };
  return (await followStack(world, followed, onProgress, signal)).stack;
}

async function deleteOnce(target: LayerTarget, stack: StackView, hands: DestroyHands) {
  const { world, onProgress, signal } = hands;
  const known = await knownEvents(world, stack.id, signal);
  const options = { token: world.token(), retain: [] };
  await persist(world, signal, () => world.stacks.delete(stack.id, options, signal));
  const followed = { layer: target.layer, id: stack.id, known };
  return (await followStack(world, followed, onProgress, signal)).stack;
}

function leftoverOf(resource: StackResourceView): Leftover {
  return {
    what: `${resource.logicalId} (${resource.type})`,
    id: resource.physicalId ?? resource.logicalId,
    why: reasonOf(resource.reason ?? '').why,
    perHour: null
  };
}

/** What is still in the stack after the last attempt. */
async function remains(stack: StackView, hands: DestroyHands): Promise<DestroyedLayer> {
  const { world, signal } = hands;
  const resources = await persist(world, signal, () => world.stacks.resources(stack.id, signal));
  const there = resources.filter(
    one => one.status !== 'DELETE_COMPLETE' && one.physicalId !== null && one.physicalId !== ''
  );
  const stuck = there.filter(one => one.status === 'DELETE_FAILED');
  const left = (stuck.length > 0 ? stuck : there).map(leftoverOf);
  const why = reasonOf(stack.reason ?? stack.status).why;
  return {
    removed: resources.length - there.length,
    left: left.length > 0 ? left : [{ what: 'stack', id: stack.name, why, perHour: null }]
  };
}

/**
 * Deletes the stack of one layer: what runs in it is stopped first, and what CloudFormation gets stuck at is cleaned
 * away before it tries again. A deletion that is refused or stays stuck is told, not thrown.
 */
export async function destroyLayer(
  target: LayerTarget,
  hands: DestroyHands
): Promise<DestroyedLayer> {
  const { world, signal, onNotice } = hands;
  const name = stackName(target.environment, target.layer);
  const found = await persist(world, signal, () => world.stacks.describe(name, signal));
  if (isGone(found)) return { removed: 0, left: [] };
  const before = await persist(world, signal, () => world.stacks.resources(found.id, signal));
  let stack = await atRest(target, found, hands);
  try {
    await unguardLayer(target.layer, stack, world, signal);
    for (let attempt = 0; attempt < ATTEMPTS && !isGone(stack); attempt += 1) {
      // A deletion that failed in an earlier run is stuck as much as one of this run.
      const thorough = stack.status === 'DELETE_FAILED';
      if (thorough) onNotice(`The deletion of ${name} got stuck; cleaning, then trying again.`);
      await runCleaners(target, stack, thorough, hands);
      stack = await deleteOnce(target, stack, hands);
    }
  } catch (error) {
    const why = sentenceOf(error);
    return { removed: 0, left: [{ what: 'stack', id: name, why, perHour: null }] };
  }
  return isGone(stack) ? { removed: before.length, left: [] } : remains(stack, hands);
}
