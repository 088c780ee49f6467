import { HeadraceError } from '../../../shared/errors.ts';
import { costOf } from '../cost/cost-of.ts';
import { getProductsWith } from '../cost/get-products.ts';
import type { CostEstimate } from '../cost/port.ts';
import { PRICES } from '../cost/prices.ts';
import type { EnvironmentSpec } from '../environment/spec.ts';
import type { AwsPlace } from './place.ts';

/** What an environment costs, with `fresh` by today's price list. Rejects where a price is not known. */
export function priceOf(
  spec: EnvironmentSpec,
  { zones, fresh }: { readonly zones: number; readonly fresh: boolean },
  { clients, world }: AwsPlace,
  signal: AbortSignal
): Promise<CostEstimate> {
  const getProducts = getProductsWith(clients);
  return costOf(spec, { prices: PRICES, zones, fresh, getProducts, clock: world.clock, signal });
}

/** The same for what stands already: that a price is not known hides nothing else. */
export async function knownPriceOf(
  spec: EnvironmentSpec,
  zones: number,
  place: AwsPlace,
  signal: AbortSignal
): Promise<CostEstimate | null> {
  try {
    return await priceOf(spec, { zones, fresh: false }, place, signal);
  } catch (error) {
    if (!(error instanceof HeadraceError) || error.code !== 'HR_USAGE') throw error;
    return null;
  }
}
