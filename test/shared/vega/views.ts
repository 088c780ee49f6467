import type { Cell, ViewSpec } from '../../../src/shared/view.ts';
import { wordBars } from '../../fakes/views.ts';

type Rows = Record<string, Cell>[];

export interface Example {
  readonly view: ViewSpec;
  readonly rows: Rows;
}

const NOON = Date.UTC(2026, 10, 23, 12, 0, 0);

export const bars: Example = {
  view: { ...wordBars, id: 'counts', title: 'Words in the topic words' },
  rows: [
    { word: 'be', n: 12_345 },
    { word: 'to', n: 678 },
    { word: 'or', n: 2 }
  ]
};

/** Column names that mean something in a Vega-Lite field path. */
export const table: Example = {
  view: {
    id: 'hits',
    stream: 'hits',
    title: 'Clickstream of blog-replay',
    kind: 'table',
    columns: [
      { name: 'recordtime', type: 'time' },
      { name: 'page.url', type: 'text' },
      { name: 'ip[0]', type: 'text' },
      { name: 'count(1)', type: 'number' }
    ],
    category: null,
    values: ['count(1)'],
    series: null,
    windowMs: null,
    definition: null,
    limit: 10
  },
  rows: [
    { recordtime: NOON, 'page.url': 'www.amazon1.com', 'ip[0]': '192.168.2.1', 'count(1)': 40 },
    { recordtime: NOON + 1000, 'page.url': null, 'ip[0]': '192.168.2.2', 'count(1)': null }
  ]
};

export const line: Example = {
  view: {
    id: 'rates',
    stream: 'rates',
    title: 'Hits and errors a second',
    kind: 'line',
    columns: [
      { name: 'second', type: 'time' },
      { name: 'hits', type: 'number' },
      { name: 'errors', type: 'number' }
    ],
    category: 'second',
    values: ['hits', 'errors'],
    series: null,
    windowMs: null,
    definition: null,
    limit: 300
  },
  rows: Array.from({ length: 30 }, (_, index) => ({
    second: NOON + index * 1000,
    hits: 900 + index,
    errors: index === 12 ? null : index
  }))
};

const plain = {
  stream: 'hits',
  category: null,
  series: null,
  values: [],
  windowMs: null,
  definition: null,
  limit: 200
};

/** Series in slots: two are taken. */
export const series: Example = {
  view: {
    ...plain,
    id: 'series',
    title: 'Hits by page',
    kind: 'line',
    columns: [
      { name: 'second', type: 'time' },
      ...['s0', 's1', 's2', 's3', 's4'].map(name => ({ name, type: 'number' as const }))
    ],
    category: 'second',
    series: 'page',
    values: ['s0', 's1', 's2', 's3', 's4'],
    windowMs: 60_000
  },
  rows: Array.from({ length: 20 }, (_, index) => ({
    second: NOON + index * 1000,
    s0: index,
    s1: 20 - index,
    s2: null,
    s3: null,
    s4: null
  }))
};

export const number: Example = {
  view: {
    ...plain,
    id: 'number',
    title: 'Hits',
    kind: 'number',
    columns: [
      { name: 'time', type: 'time' },
      { name: 'value', type: 'number' }
    ]
  },
  rows: Array.from({ length: 90 }, (_, index) => ({
    time: NOON + index * 1000,
    value: 1000 + index * 10
  }))
};

export const histogram: Example = {
  view: {
    ...plain,
    id: 'histogram',
    title: 'Latencies',
    kind: 'histogram',
    category: 'latency.ms',
    columns: [
      { name: 'from', type: 'number' },
      { name: 'to', type: 'number' },
      { name: 'n', type: 'number' }
    ]
  },
  rows: Array.from({ length: 12 }, (_, index) => ({
    from: index * 10,
    to: index * 10 + 10,
    n: index * index
  }))
};

export const heatmap: Example = {
  view: {
    ...plain,
    id: 'heatmap',
    title: 'Hits by page and minute',
    kind: 'heatmap',
    category: 'minute',
    series: 'page.url',
    values: ['n'],
    columns: [
      { name: 'minute', type: 'time' },
      { name: 'page.url', type: 'text' },
      { name: 'n', type: 'number' }
    ]
  },
  rows: Array.from({ length: 12 }, (_, index) => ({
    minute: NOON + Math.floor(index / 3) * 60_000,
    'page.url': ['/b', '/a', '/c'][index % 3] ?? null,
    n: index === 4 ? null : index * 100
  }))
};

/** Kinds whose specification is ours. */
export const examples: readonly Example[] = [bars, table, line, series, number, histogram, heatmap];
