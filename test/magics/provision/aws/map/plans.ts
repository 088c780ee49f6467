import { estimateCost } from '../../../../../src/runtime/aws/cost/estimate.ts';
import { PRICES } from '../../../../../src/runtime/aws/cost/prices.ts';
import { review } from '../../../../../src/runtime/aws/engine/review.ts';
import type { Layer } from '../../../../../src/runtime/aws/environment/spec.ts';
import type {
  EnvironmentPlan,
  PlannedChange
} from '../../../../../src/runtime/aws/environments-port.ts';
import { synthesize } from '../../../../../src/runtime/aws/template/synthesize.ts';
import type { MatrixCase } from '../../../../runtime/aws/template/matrix.ts';

type Change = Pick<PlannedChange, 'action' | 'replacement'>;

/** What is done with a resource; null where nothing is. */
export type ChangeOf = (layer: Layer, logicalId: string) => Change | null;

export const MADE: ChangeOf = () => ({ action: 'Add', replacement: null });
export const UNCHANGED: ChangeOf = () => null;

/** The plan of an environment, as it would be if this is done with its resources. */
export function planOf({ spec, resolved }: MatrixCase, changeOf: ChangeOf = MADE): EnvironmentPlan {
  const plans = synthesize(spec, resolved);
  const stacks = plans.map(({ layer, name, template }) => ({
    layer,
    name,
    changes: Object.entries(template.Resources).flatMap(([logicalId, { Type: type }]) => {
      const change = changeOf(layer, logicalId);
      return change === null
        ? []
        : [{ ...change, logicalId, type, physicalId: null, usualMs: null }];
    })
  }));
  const reviews = plans.map(({ template }, index) =>
    review(template.Resources, new Set(stacks[index]?.changes.map(({ logicalId }) => logicalId)))
  );
  return {
    spec,
    resolved,
    stacks,
    rules: reviews.flatMap(({ rules }) => rules),
    statements: reviews.flatMap(({ statements }) => statements),
    // Where no price is known there is no plan; a map of such a region has those of another.
    cost: estimateCost(
      { ...spec, region: spec.region in PRICES.regions ? spec.region : 'eu-west-1' },
      { prices: PRICES, zones: resolved.zones.length }
    ),
    usualMs: 0,
    warnings: []
  };
}
