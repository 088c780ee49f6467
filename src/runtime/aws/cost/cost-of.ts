import { HeadraceError } from '../../../shared/errors.ts';
import type { EnvironmentSpec } from '../environment/spec.ts';
import { estimateCost, type CostOptions } from './estimate.ts';
import type { CostEstimate } from './port.ts';
import { refreshPrices, type RefreshOptions } from './refresh.ts';

/** Whether the price list cannot be asked: no right to, or no connection. */
function isWithoutList(error: unknown): boolean {
  return (
    error instanceof HeadraceError &&
    (error.code === 'HR_AWS_REFUSED' || error.code === 'HR_AWS_UNREACHABLE')
  );
}

/**
 * What an environment costs, by the given prices, or by today's price list where these do not have the region. HR_USAGE
 * where neither knows a price; nothing is guessed.
 */
export async function costOf(
  spec: EnvironmentSpec,
  options: CostOptions & RefreshOptions
): Promise<CostEstimate> {
  const { prices, zones } = options;
  if (prices.regions[spec.region] !== undefined) return estimateCost(spec, { prices, zones });
  try {
    const today = await refreshPrices(prices, spec.region, options);
    return estimateCost(spec, { prices: today.prices, zones });
  } catch (error) {
    if (!isWithoutList(error)) throw error;
    return estimateCost(spec, { prices, zones });
  }
}
