import type { Layer } from '../environment/spec.ts';
import type { CostItem, PriceOrigin } from './port.ts';
import {
  HOURS_PER_MONTH,
  priceItem,
  priceOf,
  type Price,
  type PriceBasis,
  type PriceTable
} from './price-table.ts';

/** How many of a thing there are while nothing runs, and at the most. */
export interface Range {
  readonly idle: number;
  readonly most: number;
}

export const always = (count: number): Range => ({ idle: count, most: count });
/** Only while something runs. */
export const upTo = (count: number): Range => ({ idle: 0, most: count });

/** `3`, `2 to 6`, `up to 50`. */
export function rangeText({ idle, most }: Range): string {
  if (idle === most) return String(most);
  return idle === 0 ? `up to ${most}` : `${idle} to ${most}`;
}

export function plural(range: Range, one: string, many = `${one}s`): string {
  return `${rangeText(range)} ${range.most === 1 ? one : many}`;
}

/** Makes the lines of an estimate from the prices of one region. */
export interface CostLines {
  /** `names` are items of the table whose prices are added up, such as the machine and what EMR asks for it. */
  line(layer: Layer, what: string, count: Range, ...names: readonly string[]): CostItem;
}

/** US dollars of one unit for an hour. */
export function perHour(price: Price): number {
  return price.unit === 'GB-month' || price.unit === 'month'
    ? price.usd / HOURS_PER_MONTH
    : price.usd;
}

const SURE: readonly PriceBasis[] = ['list', 'derived', 'ceiling'];

/** That of the oldest price, with how sure the least certain is. */
function originOf(prices: readonly Price[]): PriceOrigin {
  const [oldest] = prices.toSorted((a, b) => a.readAt.localeCompare(b.readAt));
  const basis = SURE.findLast(each => prices.some(price => price.basis === each)) ?? 'list';
  return { by: oldest?.by ?? 'table', at: oldest?.readAt ?? '', basis };
}

/** Lines for `region`; each throws HR_USAGE where its price is not known. */
export function costLines(table: PriceTable, region: string): CostLines {
  return {
    line(layer, what, count, ...names) {
      const prices = names.map(name => priceOf(table, region, priceItem(name)));
      const unit = prices.reduce((sum, price) => sum + perHour(price), 0);
      const bound = prices.some(price => price.basis === 'ceiling') ? ', at most' : '';
      return {
        what: `${what}${bound}`,
        layer,
        idlePerHour: count.idle * unit,
        mostPerHour: count.most * unit,
        origin: originOf(prices)
      };
    }
  };
}
