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

export const examples: readonly Example[] = [bars, table, line];
