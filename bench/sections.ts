import type { BenchSection } from '../src/setup/bench-sections.ts';
import { measureKernelStarts } from './kernel-start.ts';
import { measureLab } from './lab/measure-lab.ts';
import { measurePanels } from './panels/measure-panels.ts';
import { measureProducing } from './producing.ts';
import type { Figures } from './results.ts';
import { SMALL_VIEW, measureRoundTrips } from './round-trips.ts';
import { measureSessions } from './session-costs.ts';
import { measureSqlCell } from './sql-cell.ts';
import { measureStream } from './stream-latency.ts';
import type { Workbench } from './workbench.ts';

/** What sections are run with. */
export interface SectionOptions {
  readonly rate: number;
  readonly seconds: number;
  /** Chromium. */
  readonly program: string;
  /** Says what is done next. */
  readonly step: <T>(label: string, work: () => Promise<T>) => Promise<T>;
}

/** Length of one measurement of panels: each is repeated for several libraries. */
const PANEL_SECONDS = 15;

type FreeSection = 'panels' | 'kernel';
type StackSection = Exclude<BenchSection, FreeSection>;

/** Whether a section needs no stack. */
export function isFree(name: BenchSection): name is FreeSection {
  return name in FREE_SECTIONS;
}

/** Sections that need no stack. */
export const FREE_SECTIONS: Readonly<
  Record<FreeSection, (options: SectionOptions, signal: AbortSignal) => Promise<Figures>>
> = {
  panels: async (options, signal) => {
    const seconds = Math.min(PANEL_SECONDS, options.seconds);
    return { panels: await measurePanels({ ...options, seconds, signal }) };
  },
  kernel: async ({ step }, signal) => ({
    kernelStart: await step('starts of a kernel', () => measureKernelStarts(signal))
  })
};

/** Sections on a stack. */
export const STACK_SECTIONS: Readonly<
  Record<StackSection, (options: SectionOptions, bench: Workbench) => Promise<Figures>>
> = {
  sessions: async ({ step }, bench) => ({
    sessions: await step('ten sessions one after another', () => measureSessions(bench))
  }),
  statements: async ({ step }, bench) => {
    await bench.session.run(SMALL_VIEW, 'sql', { signal: bench.signal });
    return {
      statements: {
        roundTrips: {
          pyspark: await step('statements, pyspark', () => measureRoundTrips('pyspark', bench)),
          sql: await step('statements, sql', () => measureRoundTrips('sql', bench)),
          spark: await step('statements, scala', () => measureRoundTrips('spark', bench))
        },
        sqlCell: await step('cells, sql', () => measureSqlCell(bench))
      }
    };
  },
  streams: async (options, bench) => {
    const stream = (mode: 'real-time' | 'micro-batch') =>
      options.step(`word count, ${mode}`, () => measureStream(mode, options, bench));
    return {
      streams: { realTime: await stream('real-time'), microBatch: await stream('micro-batch') }
    };
  },
  lab: async (options, bench) => ({
    lab: await options.step('a view in JupyterLab', () => measureLab(options, bench))
  }),
  producing: async ({ step }, bench) => ({
    producing: [
      await step('producing 100 bytes', () => measureProducing(100, bench)),
      await step('producing 1,000 bytes', () => measureProducing(1_000, bench))
    ]
  })
};
