import { HeadraceError } from '../../../shared/errors.ts';
import { persist } from '../control/patience.ts';
import type { StackView } from '../control/port.ts';
import type { DestroyedEnvironment } from '../environments-port.ts';
import { TAGS } from '../environment/spec.ts';
import type { LeftoverFinder } from './cleaners/port.ts';
import type { DestroyHands } from './destroy-layer.ts';
import { destroyEnvironment } from './destroy.ts';
import { environmentOf, type StackedEnvironment } from './status.ts';
import { isGone } from './statuses.ts';
import type { EngineWorld } from './world.ts';

const PREFIX = 'headrace-';

/** An environment that should not be there any more. */
export interface Sweepable {
  readonly environment: StackedEnvironment;
  readonly why: 'expired' | 'orphan';
  /** One clause for a person. */
  readonly because: string;
}

export interface Swept {
  readonly found: readonly Sweepable[];
  readonly destroyed: readonly {
    readonly name: string;
    readonly result: DestroyedEnvironment;
  }[];
  /** Those of other owners, and those that refused. */
  readonly kept: readonly { readonly name: string; readonly why: string }[];
}

/** All environments of the region, whoever made them. */
export async function listEnvironments(
  world: EngineWorld,
  signal: AbortSignal
): Promise<readonly StackedEnvironment[]> {
  const stacks = await persist(world, signal, () => world.stacks.list(PREFIX, signal));
  const byName = new Map<string, StackView[]>();
  for (const stack of stacks) {
    const name = stack.tags[TAGS.environment];
    if (name === undefined || isGone(stack)) continue;
    byName.set(name, [...(byName.get(name) ?? []), stack]);
  }
  return [...byName].map(([name, found]) => environmentOf(name, found));
}

/** What is wrong with an environment that lives on; null where nothing is. */
function orphaned({ stacks, state, expiresAt }: StackedEnvironment): string | null {
  const there = (layer: string) =>
    stacks.some(stack => stack.layer === layer && stack.status !== null);
  if (state === 'working' || state === 'absent') return null;
  if (!there('net')) return `its network is gone, ${there('kafka') ? 'Kafka' : 'Spark'} is not`;
  if (state === 'broken')
    return `${stacks.find(stack => /FAILED|^ROLLBACK/.test(stack.status ?? ''))?.name ?? 'a stack'} failed and was left`;
  return expiresAt === null ? 'nothing says when it is to be gone' : null;
}

/** Environments whose time is over, and what is left of failed ones. */
export async function findSweepable(
  world: EngineWorld,
  signal: AbortSignal
): Promise<readonly Sweepable[]> {
  const now = world.clock.now();
  const environments = await listEnvironments(world, signal);
  return environments.flatMap((environment): Sweepable[] => {
    const { expiresAt } = environment;
    if (expiresAt !== null && expiresAt <= now) {
      const because = `its time ended at ${new Date(expiresAt).toISOString()}`;
      return [{ environment, why: 'expired', because }];
    }
    const because = orphaned(environment);
    return because === null ? [] : [{ environment, why: 'orphan', because }];
  });
}

/** Destroys what {@link findSweepable} finds and `owner` made; the rest is told. One failure does not stop the others. */
export async function sweepExpired(
  owner: string,
  finder: LeftoverFinder,
  hands: DestroyHands
): Promise<Swept> {
  const found = await findSweepable(hands.world, hands.signal);
  const destroyed: Swept['destroyed'][number][] = [];
  const kept: Swept['kept'][number][] = [];
  for (const { environment } of found) {
    const { name, notebook } = environment;
    if (environment.owner !== owner) {
      kept.push({ name, why: `it belongs to ${environment.owner ?? 'somebody unknown'}` });
      continue;
    }
    const claim = { environment: name, notebook: notebook ?? '', owner, force: true };
    try {
      destroyed.push({ name, result: await destroyEnvironment(claim, finder, hands) });
    } catch (error) {
      if (!(error instanceof HeadraceError) || error.code !== 'HR_ENVIRONMENT') throw error;
      kept.push({ name, why: error.line });
    }
  }
  return { found, destroyed, kept };
}
