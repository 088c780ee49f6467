import type { Clock } from '../../clock.ts';
import { listedPrice, readListed, type ListedProduct } from './listed-product.ts';
import { PRICE_ITEMS, type Price, type PriceItem, type PriceTable } from './price-table.ts';
import { PRODUCTS, type ProductQuery } from './products.ts';

/** All products of a region that fit, each as the JSON text that the Pricing API gives. */
export type GetProducts = (
  region: string,
  query: ProductQuery,
  signal: AbortSignal
) => Promise<readonly string[]>;

export interface RefreshOptions {
  readonly getProducts: GetProducts;
  readonly clock: Pick<Clock, 'now'>;
  readonly signal: AbortSignal;
}

export interface RefreshedPrices {
  /** The prices of the one region, with today's date. */
  readonly prices: PriceTable;
  /** What the price list does not have, or has several prices for. Such an item keeps its old price where it has one. */
  readonly missing: readonly PriceItem[];
}

const keyOf = (query: ProductQuery): string => JSON.stringify(query);

/** Asks each question once, although several items may need its answer. */
async function askAll(
  region: string,
  { getProducts, signal }: RefreshOptions
): Promise<ReadonlyMap<string, readonly ListedProduct[]>> {
  const queries = new Map(
    PRICE_ITEMS.map(item => [keyOf(PRODUCTS[item].query), PRODUCTS[item].query])
  );
  const answers = new Map<string, readonly ListedProduct[]>();
  for (const [key, query] of queries) {
    const texts = await getProducts(region, query, signal);
    answers.set(key, texts.flatMap(readListed));
  }
  return answers;
}

/**
 * Today's prices of one region, from the price list of AWS. The old price of what the list does not have is kept with its
 * source. Rejects with what `getProducts` rejects with: HR_AWS_REFUSED where pricing:GetProducts is not allowed.
 */
export async function refreshPrices(
  table: PriceTable,
  region: string,
  options: RefreshOptions
): Promise<RefreshedPrices> {
  const answers = await askAll(region, options);
  const pricedAt = new Date(options.clock.now()).toISOString().slice(0, 10);
  const found = new Map<PriceItem, Price>();
  for (const item of PRICE_ITEMS) {
    const product = PRODUCTS[item];
    const usd = listedPrice(answers.get(keyOf(product.query)) ?? [], product);
    const source = `GetProducts, usage type ${product.usage} in ${region}, ${pricedAt}`;
    if (usd === null) continue;
    const read = { by: 'api', readAt: pricedAt } as const;
    found.set(item, { usd, unit: product.unit, basis: 'list', source, ...read });
  }
  const prices = { ...table.regions[region], ...Object.fromEntries(found) };
  return {
    prices: { pricedAt, regions: { [region]: prices } },
    missing: PRICE_ITEMS.filter(item => !found.has(item))
  };
}
