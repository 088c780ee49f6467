import { HeadraceError } from '../../../shared/errors.ts';

/** Hours of a month as AWS counts them where it sells by the GB-month. https://aws.amazon.com/ebs/pricing/ */
export const HOURS_PER_MONTH = 730;

/** Everything that has a unit price, by the name under which the table lists it. */
export const PRICE_ITEMS = [
  'msk.kafka.t3.small',
  'msk.kafka.m7g.large',
  'msk.kafka.m7g.xlarge',
  'msk.storage',
  'msk-serverless.cluster',
  'msk-serverless.partition',
  'ec2.t4g.nano',
  'ec2.m7g.medium',
  'ec2.m7g.large',
  'ec2.m7g.xlarge',
  'ec2.m7g.2xlarge',
  'ec2.m7g.4xlarge',
  'ebs.gp3',
  'nat',
  'ipv4',
  'vpc-endpoint',
  'load-balancer',
  'emr.m7g.xlarge',
  'emr.m7g.2xlarge',
  'emr.m7g.4xlarge',
  'emr-serverless.arm.vcpu',
  'emr-serverless.arm.memory',
  'emr-serverless.x86.vcpu',
  'emr-serverless.x86.memory',
  'emr-serverless.storage',
  'emr-eks.vcpu',
  'emr-eks.memory',
  'secret',
  'kms.key',
  'acm-pca'
] as const;
export type PriceItem = (typeof PRICE_ITEMS)[number];

export type PriceUnit = 'hour' | 'month' | 'GB-month' | 'GB-hour' | 'vCPU-hour';

/**
 * How sure a price is: `list` was read in a price list, `derived` follows from listed ones by a rule that held wherever
 * both were read, `ceiling` is the listed price of a dearer region.
 */
export type PriceBasis = 'list' | 'derived' | 'ceiling';

export interface Price {
  /** US dollars without tax, for one unit. */
  readonly usd: number;
  readonly unit: PriceUnit;
  readonly basis: PriceBasis;
  readonly source: string;
  /** Whether it stands in the dated table or was asked of the Pricing API, and the ISO date of that. */
  readonly by: 'table' | 'api';
  readonly readAt: string;
}

/** Unit prices by region and item. A price that is not in it is not known. */
export interface PriceTable {
  /** ISO date; no price is of a newer date than its source says, and the table is as old as its oldest dated source. */
  readonly pricedAt: string;
  readonly regions: Readonly<Record<string, Readonly<Partial<Record<PriceItem, Price>>>>>;
}

/** Where a region without prices looks for the nearest that has some; the first beginning that fits. */
const NEAREST: readonly (readonly [beginning: string, region: string])[] = [
  ['us-west', 'us-west-2'],
  ['us-gov-west', 'us-west-2'],
  ['ap-', 'us-west-2'],
  ['cn-', 'us-west-2'],
  ['eu-west-1', 'eu-west-1'],
  ['eu-west-2', 'eu-west-1'],
  ['eu-south-2', 'eu-west-1'],
  ['eu-', 'eu-central-1'],
  ['eusc-', 'eu-central-1'],
  ['me-', 'eu-central-1'],
  ['il-', 'eu-central-1'],
  ['af-', 'eu-central-1']
];

/** The region with prices of its own that lies nearest. */
export function nearestPricedRegion(region: string): string {
  return NEAREST.find(([beginning]) => region.startsWith(beginning))?.[1] ?? 'us-east-1';
}

function unknown(table: PriceTable, region: string, item: PriceItem | null): HeadraceError {
  const nearest = nearestPricedRegion(region);
  const what = item === null ? `The prices of ${region}` : `The price of ${item} in ${region}`;
  return new HeadraceError('HR_USAGE', `${what} ${item === null ? 'are' : 'is'} not known`, {
    why: `the table of ${table.pricedAt} does not have ${item === null ? 'this region' : 'it'}, and a guess would not help`,
    next: `Allow pricing:GetProducts, so that the price list can be asked, or plan with --region ${nearest}, the nearest with known prices.`
  });
}

/** The price of one unit; HR_USAGE, with the nearest region that has prices, where it is not known. */
export function priceOf(table: PriceTable, region: string, item: PriceItem): Price {
  const prices = table.regions[region];
  if (prices === undefined) throw unknown(table, region, null);
  const price = prices[item];
  if (price === undefined) throw unknown(table, region, item);
  return price;
}

/** `item` where the table can have it; for names that are put together, such as `ec2.` and an instance type. */
export function priceItem(name: string): PriceItem {
  const item = PRICE_ITEMS.find(each => each === name);
  if (item === undefined) throw new HeadraceError('HR_INTERNAL', `No price has the name ${name}`);
  return item;
}
