import { writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { readEnvironment } from '../src/local/environment.ts';
import { headracePaths, projectRoot } from '../src/local/paths.ts';
import { BENCH_SECTIONS, type BenchSection } from '../src/setup/bench-sections.ts';
import { toHeadraceError } from '../src/shared/errors.ts';
import { markdown } from './report/format.ts';
import { reportLines } from './report/report.ts';
import { machine, type BenchResults, type Figures } from './results.ts';
import { FREE_SECTIONS, isFree, STACK_SECTIONS, type SectionOptions } from './sections.ts';
import { withWorkbench } from './workbench.ts';

/** Started by `npm run bench`, which sets these after having set everything up. */
const settingsSchema = z.object({
  HEADRACE_BENCH_SECTIONS: z.string().transform(names => names.split(' ')),
  HEADRACE_BENCH_RATE: z.coerce.number().positive(),
  HEADRACE_BENCH_SECONDS: z.coerce.number().positive(),
  HEADRACE_BENCH_CHROMIUM: z.string().min(1)
});

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** What needs no stack runs before it is there, so that nothing else computes. */
async function measure(
  sections: readonly BenchSection[],
  options: SectionOptions,
  signal: AbortSignal
): Promise<Figures> {
  let figures: Figures = {};
  for (const name of sections.filter(isFree))
    figures = { ...figures, ...(await FREE_SECTIONS[name](options, signal)) };
  const onStack = sections.filter(name => !isFree(name));
  if (onStack.length === 0) return figures;
  await withWorkbench(signal, async bench => {
    figures = { ...figures, stackStartMs: bench.stackStartMs };
    for (const name of onStack)
      figures = { ...figures, ...(await STACK_SECTIONS[name](options, bench)) };
  });
  return figures;
}

async function run(signal: AbortSignal): Promise<BenchResults> {
  const settings = settingsSchema.parse(process.env);
  const { HEADRACE_BENCH_RATE: rate, HEADRACE_BENCH_SECONDS: seconds } = settings;
  const names = Object.keys(BENCH_SECTIONS) as BenchSection[];
  const sections = names.filter(name => settings.HEADRACE_BENCH_SECTIONS.includes(name));
  const { sparkVersion, kafkaVersion } = await readEnvironment(headracePaths().environmentFile);
  const before = os.loadavg()[0] ?? 0;
  const step: SectionOptions['step'] = (label, work) => {
    say(`… ${label}`);
    return work();
  };
  const program = settings.HEADRACE_BENCH_CHROMIUM;
  const figures = await measure(sections, { rate, seconds, program, step }, signal);
  return {
    at: new Date().toISOString(),
    machine: machine(before),
    versions: { Spark: sparkVersion, Kafka: kafkaVersion, Node: process.versions.node },
    rate,
    seconds,
    figures
  };
}

const ending = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => ending.abort());

try {
  const results = await run(ending.signal);
  const file = path.join(projectRoot(), 'bench-results.json');
  await writeFile(file, `${JSON.stringify(results, null, 2)}\n`);
  const tables = path.join(projectRoot(), 'bench-results.md');
  await writeFile(tables, `${reportLines(results, markdown).join('\n')}\n`);
  ['', ...reportLines(results), '', `Wrote ${file} and ${tables}`].forEach(say);
} catch (error) {
  say(toHeadraceError(error).line);
  process.exitCode = 1;
}
