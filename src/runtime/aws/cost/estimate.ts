import { hasNat } from '../environment/sizes.ts';
import type { EnvironmentSpec } from '../environment/spec.ts';
import { always, costLines, type CostLines } from './cost-lines.ts';
import { kafkaCost } from './kafka-cost.ts';
import type { CostEstimate, CostItem } from './port.ts';
import type { PriceTable } from './price-table.ts';
import { sparkCost } from './spark-cost.ts';

export interface CostOptions {
  readonly prices: PriceTable;
  /** Availability zones of the environment; they say how many brokers there are. */
  readonly zones: number;
}

const MS_PER_HOUR = 3_600_000;

function netCost(spec: EnvironmentSpec, lines: CostLines): CostItem[] {
  if (!hasNat(spec)) return [];
  return [
    lines.line('net', 'the NAT gateway', always(1), 'nat'),
    lines.line('net', 'the public address of the NAT gateway', always(1), 'ipv4')
  ];
}

/** What a person pays beside the lines, because it depends on what is done there. */
function without(spec: EnvironmentSpec): string[] {
  const emr8 = spec.release.startsWith('emr-spark-') && spec.spark === 'emr-ec2';
  const notes: readonly (readonly [boolean, string])[] = [
    [true, 'traffic between zones and to the internet'],
    [hasNat(spec), 'data through the NAT gateway'],
    [true, 'what is kept in the S3 bucket, its requests, and logs and metrics in CloudWatch'],
    [spec.kafka === 'msk-serverless', 'records into, out of and kept in MSK Serverless'],
    [emr8 && spec.subnets === 'private', 'the interface endpoint that EMR 8 adds'],
    [spec.spark === 'emr-eks', 'the EKS cluster and its nodes, which are there already']
  ];
  return notes.filter(([applies]) => applies).map(([, note]) => note);
}

const sum = (items: readonly CostItem[], of: 'idlePerHour' | 'mostPerHour'): number =>
  items.reduce((total, item) => total + item[of], 0);

/**
 * What an environment costs while nothing runs on it and at the most that it allows, line by line. HR_USAGE where a
 * price of the region is not known.
 */
export function estimateCost(spec: EnvironmentSpec, { prices, zones }: CostOptions): CostEstimate {
  const lines = costLines(prices, spec.region);
  const items = [
    ...netCost(spec, lines),
    ...kafkaCost(spec, zones, lines),
    ...sparkCost(spec, lines)
  ];
  return {
    items,
    idlePerHour: sum(items, 'idlePerHour'),
    mostPerHour: sum(items, 'mostPerHour'),
    hours: spec.ttlMs / MS_PER_HOUR,
    pricedAt: prices.pricedAt,
    region: spec.region,
    without: without(spec),
    notFresh: null
  };
}
