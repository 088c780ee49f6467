import type { PriceBasis } from './price-table.ts';

/** Where a price was read, and when. */
export interface PriceOrigin {
  /** The dated table of this version, or the Pricing API. */
  readonly by: 'table' | 'api';
  /** ISO date. */
  readonly at: string;
  readonly basis: PriceBasis;
}

/** One line of what an environment costs. Prices are US dollars without tax. */
export interface CostItem {
  /** As a person reads it: `3 kafka.m7g.large brokers`. */
  readonly what: string;
  readonly layer: 'net' | 'kafka' | 'spark';
  /** While nothing runs on it. */
  readonly idlePerHour: number;
  /** At the most that the environment allows. */
  readonly mostPerHour: number;
  /** Of the least certain of its prices. */
  readonly origin: PriceOrigin;
}

export interface CostEstimate {
  readonly items: readonly CostItem[];
  readonly idlePerHour: number;
  readonly mostPerHour: number;
  /** Hours until the environment is to be gone. */
  readonly hours: number;
  /** ISO date of the prices. */
  readonly pricedAt: string;
  readonly region: string;
  /** What is not in the sums: traffic, storage above what comes with it. */
  readonly without: readonly string[];
  /** Why the prices are older than was asked for, one clause; null where they are not. */
  readonly notFresh: string | null;
}
