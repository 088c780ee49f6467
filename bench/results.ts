import os from 'node:os';
import type { LabFigures } from './lab/figures.ts';
import type { PanelFigures } from './panels/figures.ts';
import type { Distribution } from './percentiles.ts';
import type { ProduceRates } from './producing.ts';
import type { STATEMENTS } from './round-trips.ts';
import type { SessionCosts } from './session-costs.ts';
import type { SqlCell } from './sql-cell.ts';
import type { StreamLatency } from './stream-latency.ts';

/** What was measured, a part a section; times in milliseconds, rates in records a second. */
export interface Figures {
  readonly panels?: PanelFigures;
  /** From the start of the process to the answer to its first request. */
  readonly kernelStart?: Distribution;
  readonly stackStartMs?: number;
  readonly sessions?: SessionCosts;
  readonly statements?: {
    readonly roundTrips: Readonly<Record<keyof typeof STATEMENTS, Distribution>>;
    readonly sqlCell: SqlCell;
  };
  readonly streams?: { readonly realTime: StreamLatency; readonly microBatch: StreamLatency };
  readonly lab?: LabFigures;
  readonly producing?: readonly ProduceRates[];
}

/** All figures of one run, and where it ran. */
export interface BenchResults {
  readonly at: string;
  readonly machine: {
    readonly cpu: string;
    readonly cores: number;
    readonly memoryGb: number;
    /** One-minute load average before and after the run. */
    readonly load: readonly [before: number, after: number];
  };
  readonly versions: Readonly<Record<string, string>>;
  readonly rate: number;
  readonly seconds: number;
  readonly figures: Figures;
}

export function machine(loadBefore: number): BenchResults['machine'] {
  return {
    cpu: os.cpus()[0]?.model ?? 'unknown',
    cores: os.cpus().length,
    memoryGb: Math.round(os.totalmem() / 2 ** 30),
    load: [round(loadBefore), round(os.loadavg()[0] ?? 0)]
  };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
