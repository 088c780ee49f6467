import { z } from 'zod';
import { environmentSpecSchema, type EnvironmentSpec, type Resolved } from '../environment/spec.ts';
import { synthesize } from '../template/synthesize.ts';
import type { StackPlan } from '../template/types.ts';
import type { LayerOutputs } from '../engine/parameters.ts';

/**
 * Output of the first stack that holds what was asked for, so that any kernel can tell what an environment is and costs.
 * Of all that a stack can carry, an output is the one whose change touches no resource.
 */
const SPEC_OUTPUT = 'Specification';

/** The stacks of an environment, the first of which says what it is. */
export function stackPlans(spec: EnvironmentSpec, resolved: Resolved): readonly StackPlan[] {
  const output = { Description: 'What was asked for', Value: JSON.stringify(spec) };
  return synthesize(spec, resolved).map(plan =>
    plan.layer === 'net'
      ? {
          ...plan,
          template: {
            ...plan.template,
            Outputs: { ...plan.template.Outputs, [SPEC_OUTPUT]: output }
          }
        }
      : plan
  );
}

const specText = z.string().transform((text, context) => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    context.addIssue({ code: 'custom', message: 'is no JSON' });
    return z.NEVER;
  }
});

/** What was asked for; null where the stacks do not tell, or another version of Headrace made them. */
export function specIn(outputs: LayerOutputs): EnvironmentSpec | null {
  const text = outputs.net?.[SPEC_OUTPUT];
  return specText.pipe(environmentSpecSchema).safeParse(text).data ?? null;
}
