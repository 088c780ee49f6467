import { z } from 'zod';
import type { ViewKind } from '../../src/shared/view.ts';

/** Kinds that are measured; `vega-lite` is what its author makes of it. */
export const BENCH_KINDS = [
  'bars',
  'line',
  'table',
  'number',
  'histogram',
  'heatmap'
] as const satisfies readonly ViewKind[];
export type BenchKind = (typeof BENCH_KINDS)[number];

/** Who draws: Headrace, or one of those who draw the same rows beside it. */
export const DRAWERS = ['headrace', 're-embed', 'echarts', 'uplot'] as const;
export type Drawer = (typeof DRAWERS)[number];

/** What each can draw; a table is an HTML table for all but Headrace, and none has a big number. */
export const DRAWS: Readonly<Record<Drawer, readonly BenchKind[]>> = {
  headrace: BENCH_KINDS,
  're-embed': ['bars', 'line', 'table', 'histogram', 'heatmap'],
  echarts: ['bars', 'line', 'table', 'histogram', 'heatmap'],
  uplot: ['line']
};

export interface Panel {
  readonly kind: BenchKind;
  readonly drawer: Drawer;
}

/** Pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** How panels stand on the page. */
export interface Placing {
  readonly columns: number;
  /** Each panel fills a tile of this size, as in a dashboard; null where it is as high as it is, as in a cell. */
  readonly tile: Size | null;
}

/** What one stretch of updates at a steady pace gave. */
export const paceSchema = z.object({
  /** Milliseconds that the stretch really took. */
  ms: z.number(),
  /** Messages that arrived. */
  offered: z.number(),
  /** States drawn, one number a panel. */
  painted: z.array(z.number())
});
export type Pace = z.infer<typeof paceSchema>;

/** What a run as fast as the panels draw gave. */
export const driveSchema = z.object({ ms: z.number(), updates: z.number() });
export type Drive = z.infer<typeof driveSchema>;

/** What the page offers as `headraceBench`; arguments and answers are plain data. */
export interface PageApi {
  /** Puts panels on the page, each with its first state drawn. */
  mount(panels: readonly Panel[], placing: Placing): Promise<void>;
  /** Milliseconds of the main thread from a message to the end of the frame that shows it. */
  time(count: number, everyMs: number): Promise<readonly number[]>;
  /** Updates at a steady pace. */
  pace(everyMs: number, forMs: number): Promise<Pace>;
  /** So many updates of single panels, each message as soon as the last one is drawn. */
  drive(updates: number, limitMs: number): Promise<Drive>;
  unmount(): void;
}
