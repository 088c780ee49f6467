import { z } from 'zod';
import type { Product } from './products.ts';

const dimensionSchema = z.object({
  beginRange: z.string().optional(),
  pricePerUnit: z.record(z.string(), z.string())
});

/** The part of a product that matters. https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/using-ppslong.html */
const listedSchema = z.object({
  product: z.object({ attributes: z.record(z.string(), z.string()) }),
  terms: z.object({
    OnDemand: z
      .record(z.string(), z.object({ priceDimensions: z.record(z.string(), dimensionSchema) }))
      .optional()
  })
});
export type ListedProduct = z.infer<typeof listedSchema>;

/** A product from the JSON text of the Pricing API; nothing where the text is something else. */
export function readListed(text: string): ListedProduct[] {
  try {
    const read = listedSchema.safeParse(JSON.parse(text));
    return read.success ? [read.data] : [];
  } catch {
    return [];
  }
}

/** Dollars of the first tier; a free tier is not a price. */
function dollars(listed: ListedProduct): number[] {
  return Object.values(listed.terms.OnDemand ?? {})
    .flatMap(term => Object.values(term.priceDimensions))
    .filter(dimension => Number(dimension.beginRange ?? '0') === 0)
    .map(dimension => Number(dimension.pricePerUnit['USD']))
    .filter(usd => Number.isFinite(usd) && usd > 0);
}

/** What stands before a usage type: a short form of the region, `EUC1`, or the region itself, as for KMS. */
const REGION_PREFIX = /^(?:[A-Z]{2,4}\d?|[a-z]{2}(?:-[a-z]+)+-\d)$/;

/** `EMR-SERVERLESS-ARM-vCPUHours` ends in no other usage type, although that of x86 is nearly its end. */
function isUsage(listed: ListedProduct, usage: string): boolean {
  const found = listed.product.attributes['usagetype'] ?? '';
  if (found === usage) return true;
  return found.endsWith(`-${usage}`) && REGION_PREFIX.test(found.slice(0, -usage.length - 1));
}

/** The one price that the list has for `product`; null where it has none, or several. */
export function listedPrice(listed: readonly ListedProduct[], product: Product): number | null {
  const found = new Set(listed.filter(each => isUsage(each, product.usage)).flatMap(dollars));
  const [usd] = found;
  return found.size === 1 && usd !== undefined ? usd : null;
}
