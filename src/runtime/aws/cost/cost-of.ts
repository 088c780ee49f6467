import { HeadraceError } from '../../../shared/errors.ts';
import type { EnvironmentSpec } from '../environment/spec.ts';
import { estimateCost, type CostOptions } from './estimate.ts';
import type { CostEstimate } from './port.ts';
import { refreshPrices, type RefreshOptions } from './refresh.ts';

export interface PricedOptions extends CostOptions, RefreshOptions {
  /** Asks the price list also where the table has the region. Defaults to no. */
  readonly fresh?: boolean;
}

/** Why the price list cannot be asked: no right to, or no connection; null for any other error. */
function whyWithoutList(error: unknown): string | null {
  if (!(error instanceof HeadraceError)) return null;
  const known = error.code === 'HR_AWS_REFUSED' || error.code === 'HR_AWS_UNREACHABLE';
  return known ? error.message.replace(/\.$/, '') : null;
}

/**
 * What an environment costs, by the given prices, or by today's price list where that is asked for or these do not have
 * the region. HR_USAGE where neither knows a price; nothing is guessed.
 */
export async function costOf(spec: EnvironmentSpec, options: PricedOptions): Promise<CostEstimate> {
  const { prices, zones, fresh = false } = options;
  if (!fresh && prices.regions[spec.region] !== undefined)
    return estimateCost(spec, { prices, zones });
  try {
    const today = await refreshPrices(prices, spec.region, options);
    return estimateCost(spec, { prices: today.prices, zones });
  } catch (error) {
    const why = whyWithoutList(error);
    if (why === null) throw error;
    return { ...estimateCost(spec, { prices, zones }), notFresh: why };
  }
}
