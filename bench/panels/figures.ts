import type { BenchKind, Drawer } from '../page/contract.ts';
import type { Distribution } from '../percentiles.ts';

/** What one drawer needs for an update of one kind. */
export interface UpdateCost {
  readonly drawer: Drawer;
  readonly kind: BenchKind;
  /** Main thread from the message to the end of the frame that shows it, milliseconds. */
  readonly time: Distribution;
}

/** Panels that are measured together, by the name that the tables give them. */
export const LINE_UPS = ['Headrace', 're-embedding', 'ECharts', 'ECharts and uPlot'] as const;
export type LineUp = (typeof LINE_UPS)[number];

/** Three panels at ten updates a second. */
export interface MainThreadShare {
  readonly lineUp: LineUp;
  /** Share of the time in which the main thread was busy, less what the page needs at rest. */
  readonly busy: number;
  /** Share in which it computed, likewise. */
  readonly cpu: number;
  /** States that the slowest panel drew a second. */
  readonly rate: number;
}

/** JavaScript objects and DOM nodes that stay after many updates and a collection. */
export interface HeapGrowth {
  readonly lineUp: LineUp;
  /** Updates of single panels that were drawn. */
  readonly updates: number;
  readonly seconds: number;
  readonly bytes: number;
  readonly nodes: number;
}

/** Many open views that are offered ten states a second. */
export interface ManyViews {
  readonly lineUp: LineUp;
  readonly views: number;
  /** States drawn a second, by the slowest view and by the one in the middle. */
  readonly slowest: number;
  readonly median: number;
}

export interface PanelFigures {
  readonly updates: readonly UpdateCost[];
  readonly shares: readonly MainThreadShare[];
  readonly heap: readonly HeapGrowth[];
  readonly many: readonly ManyViews[];
}
