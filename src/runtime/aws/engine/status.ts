import { persist } from '../control/patience.ts';
import type { StackView } from '../control/port.ts';
import { LAYERS, stackName, TAGS, type Layer } from '../environment/spec.ts';
import type { LayerOutputs } from './parameters.ts';
import { isGone, isOnlyPlanned, isStanding, isWorking } from './statuses.ts';
import type { EngineWorld } from './world.ts';

export interface LayerStatus {
  readonly layer: Layer;
  readonly name: string;
  /** As CloudFormation says it; null where there is no such stack. */
  readonly status: string | null;
  readonly reason: string | null;
}

/**
 * `absent`: nothing was made. `working`: CloudFormation is at work. `complete`: all layers stand. `partial`: some do, and
 * nothing goes on. `broken`: one failed, or is half deleted.
 */
export type EnvironmentState = 'absent' | 'working' | 'complete' | 'partial' | 'broken';

export interface StackedEnvironment {
  readonly name: string;
  /** From the identity of a stack; null where there is none. */
  readonly account: string | null;
  readonly stacks: readonly LayerStatus[];
  readonly state: EnvironmentState;
  readonly outputs: LayerOutputs;
  /** Epoch milliseconds; null where no stack tells. */
  readonly expiresAt: number | null;
  readonly owner: string | null;
  readonly notebook: string | null;
}

/** The account in `arn:aws:cloudformation:eu-west-1:123456789012:stack/…`. */
export function accountOf(stackId: string): string | null {
  return /^arn:[^:]+:cloudformation:[^:]*:(\d{12}):/.exec(stackId)?.[1] ?? null;
}

/** When a stack says that it is to be gone, epoch milliseconds; null where it does not say. */
export function expiryOf(stack: StackView): number | null {
  const at = Date.parse(stack.tags[TAGS.expiresAt] ?? '');
  return Number.isNaN(at) ? null : at;
}

function stateOf(stacks: readonly StackView[]): EnvironmentState {
  const made = stacks.filter(stack => !isOnlyPlanned(stack));
  if (made.length === 0) return 'absent';
  if (made.some(stack => isWorking(stack.status))) return 'working';
  if (made.some(stack => !isStanding(stack.status))) return 'broken';
  return made.length === LAYERS.length ? 'complete' : 'partial';
}

function tagOf(stacks: readonly StackView[], tag: string): string | null {
  return stacks.map(stack => stack.tags[tag]).find(value => value !== undefined) ?? null;
}

/** An environment from the stacks of its name. */
export function environmentOf(name: string, found: readonly StackView[]): StackedEnvironment {
  const stacks = found.filter(stack => !isGone(stack));
  const byLayer = LAYERS.map(layer => {
    const full = stackName(name, layer);
    return { layer, full, stack: stacks.find(stack => stack.name === full) ?? null };
  });
  const expiries = stacks.flatMap(stack => expiryOf(stack) ?? []);
  return {
    name,
    account: stacks.map(stack => accountOf(stack.id)).find(account => account !== null) ?? null,
    stacks: byLayer.map(({ layer, full, stack }) => ({
      layer,
      name: full,
      status: stack?.status ?? null,
      reason: stack?.reason ?? null
    })),
    state: stateOf(stacks),
    outputs: Object.fromEntries(
      byLayer.flatMap(({ layer, stack }) =>
        stack !== null && isStanding(stack.status) ? [[layer, stack.outputs]] : []
      )
    ),
    expiresAt: expiries.length === 0 ? null : Math.min(...expiries),
    owner: tagOf(stacks, TAGS.owner),
    notebook: tagOf(stacks, TAGS.notebook)
  };
}

/** Where an environment stands, as CloudFormation knows it. */
export async function environmentStatus(
  name: string,
  world: EngineWorld,
  signal: AbortSignal
): Promise<StackedEnvironment> {
  const found: StackView[] = [];
  for (const layer of LAYERS) {
    const stack = await persist(world, signal, () =>
      world.stacks.describe(stackName(name, layer), signal)
    );
    if (stack !== null) found.push(stack);
  }
  return environmentOf(name, found);
}
