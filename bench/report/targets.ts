import type { Figures } from '../results.ts';
import { count, megabytes, milliseconds, percent, perSecond, type Table } from './format.ts';

/** What the views are made to reach. */
interface Target {
  readonly what: string;
  readonly limit: number;
  readonly most: boolean;
  readonly say: (value: number) => string;
  /** Undefined where it was not measured. */
  readonly value: (figures: Figures) => number | undefined;
}

const bytes = (value: number): string => `${count(value)} B`;

const TARGETS: readonly Target[] = [
  atMost('kernel → painted, p50', 15, milliseconds, ({ lab }) => lab?.sent.p50),
  atMost('kernel → painted, p95', 35, milliseconds, ({ lab }) => lab?.sent.p95),
  atMost('produce → painted, p50', 120, milliseconds, ({ lab }) => lab?.produced.p50),
  atMost('produce → painted, p95', 250, milliseconds, ({ lab }) => lab?.produced.p95),
  atMost(
    'three panels at 10 Hz, main thread',
    0.2,
    percent,
    ({ panels }) => own(panels?.shares)?.busy
  ),
  atMost('heap, 100,000 updates', 20e6, megabytes, ({ panels }) => growthOf(own(panels?.heap))),
  {
    what: '50 views, slowest',
    limit: 5,
    most: false,
    say: perSecond,
    value: ({ panels }) => own(panels?.many)?.slowest
  },
  atMost('notebook shown → live again', 2_000, milliseconds, ({ lab }) => lab?.reload.view.max),
  atMost('notebook while streaming', 0, bytes, ({ lab }) => lab?.file.bytes)
];

/** Each target with what was measured, and whether it is met; what was not measured is left out. */
export function targetTable(figures: Figures): Table {
  const rows = TARGETS.flatMap(({ what, limit, most, say, value }) => {
    const measured = value(figures);
    if (measured === undefined) return [];
    const met = most ? measured <= limit : measured >= limit;
    return [[what, `${most ? '≤' : '≥'} ${say(limit)}`, say(measured), met ? 'met' : 'MISSED']];
  });
  return rows.length === 0 ? [] : [['targets', 'target', 'measured', ''], ...rows];
}

function atMost(what: string, limit: number, say: Target['say'], value: Target['value']): Target {
  return { what, limit, most: true, say, value };
}

function own<T extends { readonly lineUp: string }>(all: readonly T[] | undefined): T | undefined {
  return all?.find(({ lineUp }) => lineUp === 'Headrace');
}

/** A run that was cut short by its limit of time counts as if it had gone on in the same way. */
function growthOf(
  heap: { readonly bytes: number; readonly updates: number } | undefined
): number | undefined {
  return heap && (heap.bytes * Math.max(HEAP_UPDATES, heap.updates)) / heap.updates;
}

const HEAP_UPDATES = 100_000;
