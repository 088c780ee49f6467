import { HeadraceError } from '../../../shared/errors.ts';
import { persist } from '../control/patience.ts';
import type { StackView } from '../control/port.ts';
import type { Claimed } from '../environments-port.ts';
import { applyEnvironment } from '../engine/apply.ts';
import { isGone, isStanding } from '../engine/statuses.ts';
import { LAYERS, stackName, TAGS, type Layer } from '../environment/spec.ts';
import { OUTPUTS, type StackPlan, type Template } from '../template/types.ts';
import type { Hands } from './hands.ts';

/** The same text with another end in it; what stands is changed in nothing else. */
function withEnd<Value>(value: Value, old: string | undefined, end: string): Value {
  if (old === undefined) return value;
  return JSON.parse(
    JSON.stringify(value).replaceAll(JSON.stringify(old), JSON.stringify(end))
  ) as Value;
}

/** Parameters have the names of the outputs that they come from. */
function sourcesOf({ Parameters = {} }: Template): StackPlan['parameters'] {
  return Object.fromEntries(
    Object.keys(Parameters).map(name => [
      name,
      {
        layer: name === OUTPUTS.kafka.cluster ? ('kafka' as const) : ('net' as const),
        output: name
      }
    ])
  );
}

async function planOf(
  layer: Layer,
  stack: StackView,
  end: string,
  { place, signal }: Hands
): Promise<StackPlan> {
  const { world } = place;
  const template = await persist(world, signal, () => world.stacks.template(stack.id, signal));
  if (template === null) throw cannotChange(stack);
  const old = stack.tags[TAGS.expiresAt];
  return {
    layer,
    name: stack.name,
    template: withEnd(template, old, end),
    parameters: sourcesOf(template),
    tags: withEnd(stack.tags, old, end)
  };
}

/** Moves the end of all that stands of an environment to that long from now. */
export async function extendEnvironment(
  name: string,
  ttlMs: number,
  { notebook, force }: Claimed,
  hands: Hands
): Promise<number> {
  const { place, onProgress, signal } = hands;
  const { world } = place;
  const at = world.clock.now() + ttlMs;
  const plans: StackPlan[] = [];
  for (const layer of LAYERS) {
    const full = stackName(name, layer);
    const stack = await persist(world, signal, () => world.stacks.describe(full, signal));
    if (isGone(stack)) continue;
    if (!isStanding(stack.status)) throw cannotChange(stack);
    plans.push(await planOf(layer, stack, new Date(at).toISOString(), hands));
  }
  if (plans.length === 0) throw nothingThere(name, place.region);
  const { arn } = await persist(world, signal, () => place.account.caller(signal));
  const claim = { environment: name, notebook, owner: arn, force };
  await applyEnvironment(plans, { claim, cost: null }, world, onProgress, signal);
  return at;
}

function cannotChange({ name, status }: StackView): HeadraceError {
  return new HeadraceError('HR_ENVIRONMENT', `The end of ${name} cannot be moved now`, {
    why: `it is in ${status}`,
    next: 'Run %provision aws --apply again first; see it with %provision aws --status.'
  });
}

function nothingThere(name: string, region: string): HeadraceError {
  return new HeadraceError('HR_ENVIRONMENT', `There is no environment ${name} in ${region}`, {
    next: 'See all with %provision aws --status, or name another --region.'
  });
}
