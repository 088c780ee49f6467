import { HeadraceError } from '../../../shared/errors.ts';
import type { Layer } from '../environment/spec.ts';
import type { StackPlan } from '../template/types.ts';

/** Outputs of the layers that stand. */
export type LayerOutputs = Readonly<Partial<Record<Layer, Readonly<Record<string, string>>>>>;

/** The values of a plan's parameters; null where a layer that they come from is not made yet. */
export function parametersOf(
  plan: StackPlan,
  outputs: LayerOutputs
): Readonly<Record<string, string>> | null {
  const values: Record<string, string> = {};
  for (const [name, source] of Object.entries(plan.parameters)) {
    const value = outputs[source.layer]?.[source.output];
    if (value === undefined) return null;
    values[name] = value;
  }
  return values;
}

/** The same for a layer whose turn it is, or HR_ENVIRONMENT with the output that is missing. */
export function knownParametersOf(
  plan: StackPlan,
  outputs: LayerOutputs
): Readonly<Record<string, string>> {
  const values = parametersOf(plan, outputs);
  if (values !== null) return values;
  const missing = Object.values(plan.parameters)
    .filter(({ layer, output }) => outputs[layer]?.[output] === undefined)
    .map(({ layer, output }) => `${output} of ${layer}`);
  throw new HeadraceError('HR_ENVIRONMENT', `The stack ${plan.name} cannot be made yet`, {
    why: `there is no ${missing.join(', no ')}`,
    next: 'Run %provision aws --apply again from the first layer on.'
  });
}
