import type { ViewSpec } from '../../src/shared/view.ts';
import type { BenchKind } from './contract.ts';

/** Points of a line: half a minute of a stream that tells something ten times a second. */
export const LINE_POINTS = 300;
export const LINE_STEP_MS = 100;
export const SERIES = ['web-1', 'web-2', 'web-3'] as const;
export const BARS = 30;
export const TABLE_ROWS = 20;
export const BINS = 30;
export const PAGES = ['/', '/search', '/item', '/cart', '/pay', '/help', '/news', '/me'] as const;
export const REGIONS = ['AT', 'BR', 'CH', 'DE', 'FR', 'IN', 'JP', 'KE', 'NO', 'PT', 'UK', 'US'];

const WINDOW_MS = LINE_POINTS * LINE_STEP_MS;
const COMMON = { stream: 'clicks', series: null, windowMs: null, definition: null } as const;

type Shape = Pick<ViewSpec, 'columns' | 'category' | 'values' | 'limit'> & Partial<ViewSpec>;

const SHAPES: Readonly<Record<BenchKind, Shape>> = {
  bars: {
    columns: [
      { name: 'word', type: 'text' },
      { name: 'n', type: 'number' }
    ],
    category: 'word',
    values: ['n'],
    limit: BARS
  },
  line: {
    columns: [
      { name: 'time', type: 'time' },
      ...SERIES.map((_, index) => ({ name: `s${index}`, type: 'number' as const }))
    ],
    category: 'time',
    series: 'host',
    values: SERIES.map((_, index) => `s${index}`),
    limit: LINE_POINTS,
    windowMs: WINDOW_MS
  },
  table: {
    columns: [
      { name: 'at', type: 'time' },
      { name: 'user', type: 'text' },
      { name: 'page', type: 'text' },
      { name: 'region', type: 'text' },
      { name: 'status', type: 'number' },
      { name: 'ms', type: 'number' }
    ],
    category: null,
    values: ['ms'],
    limit: TABLE_ROWS
  },
  number: {
    columns: [
      { name: 'time', type: 'time' },
      { name: 'value', type: 'number' }
    ],
    category: null,
    values: ['n'],
    limit: LINE_POINTS,
    windowMs: WINDOW_MS
  },
  histogram: {
    columns: [
      { name: 'from', type: 'number' },
      { name: 'to', type: 'number' },
      { name: 'n', type: 'number' }
    ],
    category: 'ms',
    values: [],
    limit: BINS
  },
  heatmap: {
    columns: [
      { name: 'page', type: 'text' },
      { name: 'region', type: 'text' },
      { name: 'n', type: 'number' }
    ],
    category: 'page',
    series: 'region',
    values: ['n'],
    limit: PAGES.length * REGIONS.length
  }
};

/** The view of a kind; the id keeps panels of one kind apart. */
export function benchView(kind: BenchKind, id: string): ViewSpec {
  return { ...COMMON, id, title: `${kind} of clicks`, kind, ...SHAPES[kind] };
}
