import { perHour } from './cost-lines.ts';
import { PRICE_ITEMS, type PriceTable } from './price-table.ts';

/** So many units of each of these items of the table; a name that the table does not know has no known price. */
export type CostPart = readonly [count: number, ...items: readonly string[]];

/** US dollars an hour for all parts; null where there are none, or one of their prices is not known. */
export function hourlyCost(
  table: PriceTable,
  region: string,
  parts: readonly CostPart[]
): number | null {
  const units = parts.flatMap(([count, ...names]) => names.map(name => ({ count, name })));
  const costs = units.map(({ count, name }) => {
    const item = PRICE_ITEMS.find(each => each === name);
    const price = item === undefined ? undefined : table.regions[region]?.[item];
    return price === undefined ? null : count * perHour(price);
  });
  if (costs.length === 0 || costs.includes(null)) return null;
  return costs.reduce<number>((sum, cost) => sum + (cost ?? 0), 0);
}
