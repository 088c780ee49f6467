import { writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { projectRoot } from '../src/local/paths.ts';
import { toHeadraceError } from '../src/shared/errors.ts';
import { measurePainting } from './painting.ts';
import { measureProducing } from './producing.ts';
import { machine, tableLines } from './report.ts';
import type { BenchResults } from './report.ts';
import { SMALL_VIEW, measureRoundTrips } from './round-trips.ts';
import { measureSessions } from './session-costs.ts';
import { measureSqlCell } from './sql-cell.ts';
import { measureStream } from './stream-latency.ts';
import { withWorkbench } from './workbench.ts';
import type { Workbench } from './workbench.ts';

/** Started by `npm run bench`, which sets these after having set everything up. */
const settingsSchema = z.object({
  HEADRACE_BENCH_RATE: z.coerce.number().positive(),
  HEADRACE_BENCH_SECONDS: z.coerce.number().positive(),
  HEADRACE_BENCH_CHROMIUM: z.string().min(1)
});

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

type Step = <T>(label: string, work: () => Promise<T>) => Promise<T>;

async function measureStatements(
  bench: Workbench,
  step: Step
): Promise<BenchResults['roundTrips']> {
  const { session, signal } = bench;
  await session.run(SMALL_VIEW, 'sql', { signal });
  return {
    pyspark: await step('statements, pyspark', () => measureRoundTrips('pyspark', bench)),
    sql: await step('statements, sql', () => measureRoundTrips('sql', bench)),
    spark: await step('statements, scala', () => measureRoundTrips('spark', bench))
  };
}

async function measure(bench: Workbench): Promise<BenchResults> {
  const settings = settingsSchema.parse(process.env);
  const load = {
    rate: settings.HEADRACE_BENCH_RATE,
    seconds: settings.HEADRACE_BENCH_SECONDS
  };
  const before = os.loadavg()[0] ?? 0;
  const step: Step = (label, work) => {
    say(`… ${label}`);
    return work();
  };
  const figures = {
    stackStartMs: bench.stackStartMs,
    sessions: await step('ten sessions one after another', () => measureSessions(bench)),
    roundTrips: await measureStatements(bench, step),
    sqlCell: await step('cells, sql', () => measureSqlCell(bench)),
    realTime: await step('word count, real-time', () => measureStream('real-time', load, bench)),
    microBatch: await step('word count, micro-batch', () =>
      measureStream('micro-batch', load, bench)
    ),
    painted: await step('word count, painted', () =>
      measurePainting({ ...load, program: settings.HEADRACE_BENCH_CHROMIUM }, bench)
    ),
    producing: [
      await step('producing 100 bytes', () => measureProducing(100, bench)),
      await step('producing 1,000 bytes', () => measureProducing(1_000, bench))
    ]
  };
  return {
    at: new Date().toISOString(),
    machine: machine(before),
    versions: {
      spark: bench.environment.sparkVersion,
      kafka: bench.environment.kafkaVersion,
      node: process.versions.node
    },
    ...load,
    ...figures
  };
}

const ending = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => ending.abort());

try {
  await withWorkbench(ending.signal, async bench => {
    const results = await measure(bench);
    const file = path.join(projectRoot(), 'bench-results.json');
    await writeFile(file, `${JSON.stringify(results, null, 2)}\n`);
    ['', ...tableLines(results), '', `Wrote ${file}`].forEach(say);
  });
} catch (error) {
  say(toHeadraceError(error).line);
  process.exitCode = 1;
}
