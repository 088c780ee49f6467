import { PRICE_ITEMS, type PriceItem } from '../../../../src/runtime/aws/cost/price-table.ts';
import { PRODUCTS } from '../../../../src/runtime/aws/cost/products.ts';
import type { GetProducts } from '../../../../src/runtime/aws/cost/refresh.ts';

/** The JSON text of one product, in the form of the Pricing API. */
export function listing(usagetype: string, tiers: Readonly<Record<string, string>>): string {
  const priceDimensions = Object.fromEntries(
    Object.entries(tiers).map(([beginRange, USD], at) => [
      `TERM.RATE${at}`,
      { unit: 'Hrs', beginRange, endRange: 'Inf', pricePerUnit: { USD } }
    ])
  );
  return JSON.stringify({
    product: { productFamily: 'any', attributes: { usagetype, regionCode: 'any' }, sku: 'SKU' },
    serviceCode: 'any',
    terms: { OnDemand: { 'SKU.TERM': { offerTermCode: 'TERM', priceDimensions } } }
  });
}

/** A price list in which the n-th item costs n tenths of a cent; `change` gives other texts for one item. */
export function priceList(change: (item: PriceItem) => readonly string[] | null = () => null): {
  getProducts: GetProducts;
  asked: { region: string; serviceCode: string; contains: string }[];
} {
  const asked: { region: string; serviceCode: string; contains: string }[] = [];
  const texts = PRICE_ITEMS.map((item, at) => ({
    product: PRODUCTS[item],
    texts: change(item) ?? [listing(`SAE1-${PRODUCTS[item].usage}`, { '0': `${(at + 1) / 1000}` })]
  }));
  return {
    asked,
    getProducts: (region, query) => {
      asked.push({ region, serviceCode: query.serviceCode, contains: query.usageContains });
      const fit = texts.filter(
        ({ product }) =>
          product.query.serviceCode === query.serviceCode &&
          product.usage.includes(query.usageContains)
      );
      return Promise.resolve(fit.flatMap(each => each.texts));
    }
  };
}
