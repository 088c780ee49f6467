import os from 'node:os';
import type { Distribution } from './percentiles.ts';
import type { ProduceRates } from './producing.ts';
import type { STATEMENTS } from './round-trips.ts';
import type { SessionCosts } from './session-costs.ts';
import type { SqlCell } from './sql-cell.ts';
import type { StreamLatency } from './stream-latency.ts';

/** All figures of one run; times in milliseconds, rates in records a second. */
export interface BenchResults {
  readonly at: string;
  readonly machine: {
    readonly cpu: string;
    readonly cores: number;
    readonly memoryGb: number;
    /** One-minute load average before and after the run. */
    readonly load: readonly [before: number, after: number];
  };
  readonly versions: { readonly spark: string; readonly kafka: string; readonly node: string };
  readonly rate: number;
  readonly seconds: number;
  readonly stackStartMs: number;
  readonly sessions: SessionCosts;
  readonly roundTrips: Readonly<Record<keyof typeof STATEMENTS, Distribution>>;
  readonly sqlCell: SqlCell;
  readonly realTime: StreamLatency;
  readonly microBatch: StreamLatency;
  readonly painted: Distribution;
  readonly producing: readonly ProduceRates[];
}

export function machine(loadBefore: number): BenchResults['machine'] {
  return {
    cpu: os.cpus()[0]?.model ?? 'unknown',
    cores: os.cpus().length,
    memoryGb: Math.round(os.totalmem() / 2 ** 30),
    load: [round(loadBefore), round(os.loadavg()[0] ?? 0)]
  };
}

/** The table that `npm run bench` prints. */
export function tableLines(results: BenchResults): readonly string[] {
  const { realTime, microBatch } = results;
  const ratio = (rank: 'p50' | 'p95') =>
    `${(microBatch.latency[rank] / realTime.latency[rank]).toFixed(1)} ×`;
  const rows = [
    ['', 'p50', 'p95'],
    ...[realTime, microBatch].map(({ mode, latency }) =>
      timesRow(`produce → result, ${mode}`, latency)
    ),
    ['micro-batch over real-time', ratio('p50'), ratio('p95')],
    timesRow('produce → painted in Chromium', results.painted),
    timesRow('statement round trip, pyspark', results.roundTrips.pyspark),
    timesRow('statement round trip, sql', results.roundTrips.sql),
    timesRow('statement round trip, scala', results.roundTrips.spark),
    timesRow('%sql cell', results.sqlCell.cell),
    timesRow('its statement alone, over REST', results.sqlCell.rest),
    timesRow('session start', results.sessions.start),
    ['local stack start', milliseconds(results.stackStartMs), ''],
    ['', '', ''],
    ...sessionRows(results.sessions),
    ['', '', ''],
    ['records per second', 'Headrace', 'Kafka tool'],
    ...results.producing.map(({ bytes, headrace, kafkaTool }) => [
      `${bytes} bytes`,
      count(headrace),
      count(kafkaTool)
    ])
  ];
  const { cpu, cores, memoryGb, load } = results.machine;
  return [
    `Word count at ${results.rate} events/s for ${results.seconds} s, Spark ${results.versions.spark}, Kafka ${results.versions.kafka}, Node ${results.versions.node}`,
    `${cores} × ${cpu}, ${memoryGb} GB, load ${load.join(' → ')}`,
    '',
    ...aligned(rows)
  ];
}

/** What one idle session holds, and what ten of them leave behind in the gateway. */
function sessionRows({ idle, gateway }: SessionCosts): readonly string[][] {
  const { first, last } = gateway;
  return [
    ['memory', 'Python', 'JVM'],
    ['idle session', megabytes(idle.own), megabytes(idle.started)],
    ['', '', ''],
    ['gateway after', '1 session', '10 sessions'],
    ['memory', megabytes(first.resident), megabytes(last.resident)],
    ['open handles', handles(first.handles), handles(last.handles)]
  ];
}

function timesRow(name: string, { p50, p95 }: Distribution): string[] {
  return [name, milliseconds(p50), milliseconds(p95)];
}

function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = [0, 1, 2].map(column => Math.max(...rows.map(row => row[column]?.length ?? 0)));
  return rows.map(row =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)
      )
      .join('  ')
      .trimEnd()
  );
}

function milliseconds(value: number): string {
  return `${value < 10 ? value.toFixed(1) : count(value)} ms`;
}

function megabytes(bytes: number): string {
  return `${count(bytes / 1e6)} MB`;
}

function handles(number: number | null): string {
  return number === null ? 'unknown' : count(number);
}

function count(value: number): string {
  return Math.round(value).toLocaleString('en');
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
