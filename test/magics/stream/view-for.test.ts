import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { viewFor } from '../../../src/magics/stream/view-for.ts';
import type { Schema } from '../../../src/magics/stream/stream-columns.ts';
import type { ViewRequest } from '../../../src/magics/stream/view-request.ts';
import type { Column } from '../../../src/shared/view.ts';
import { failsWith } from '../../fakes/errors.ts';

const TYPES = { t: 'text', n: 'number', d: 'time' } as const;

/** `page:t n:n` grouped by `page`. */
function schema(columns: string, keys = '', aggregated = keys !== ''): Schema {
  const all = columns.split(' ').map((entry): Column => {
    const [name = '', type] = entry.split(':');
    return { name, type: type === 'n' || type === 'd' ? TYPES[type] : 'text' };
  });
  return { name: 'hits', columns: all, keys: keys.split(' ').filter(Boolean), aggregated };
}

const slots = ['s0', 's1', 's2', 's3', 's4', 's5', 's6', 's7'];

describe('the view of a stream', () => {
  const chosen: readonly [what: string, stream: Schema, expected: unknown[]][] = [
    ['one number of all rows', schema('n:n', '', true), ['number', null, null, ['n']]],
    ['several numbers of all rows', schema('n:n m:n', '', true), ['table', null, null, ['n', 'm']]],
    ['one key', schema('page:t n:n', 'page'), ['bars', 'page', null, ['n']]],
    ['one key that is a number', schema('hour:n n:n', 'hour'), ['bars', 'hour', null, ['n']]],
    ['a time', schema('at:d n:n m:n', 'at'), ['line', 'at', null, ['n', 'm']]],
    ['a time and a key', schema('page:t at:d n:n', 'at page'), ['line', 'at', 'page', slots]],
    ['two keys', schema('page:t user:t n:n', 'page user'), ['heatmap', 'page', 'user', ['n']]],
    [
      'two keys and two numbers',
      schema('page:t user:t n:n m:n', 'page user'),
      ['table', null, null, ['n', 'm']]
    ],
    ['three keys', schema('a:t b:t c:t n:n', 'a b c'), ['table', null, null, ['n']]],
    ['keys without a number', schema('page:t', 'page'), ['table', null, null, []]],
    ['a time that is no key', schema('page:t last:d n:n', 'page'), ['bars', 'page', null, ['n']]],
    ['single rows', schema('at:d page:t n:n'), ['table', null, null, []]]
  ];
  for (const [what, stream, expected] of chosen)
    it(`is chosen by the columns: ${what}`, () => {
      const { kind, category, series, values } = viewFor(stream, {});
      assert.deepEqual([kind, category, series, values], expected);
    });

  const asked: readonly [
    request: ViewRequest,
    stream: Schema,
    columns: string[],
    rest: unknown[]
  ][] = [
    [{ kind: 'number' }, schema('page:t n:n'), ['time', 'value'], [null, null, []]],
    [{ kind: 'number' }, schema('page:t n:n', 'page'), ['time', 'value'], [null, null, ['n']]],
    [{ kind: 'histogram' }, schema('page:t n:n'), ['from', 'to', 'n'], ['n', null, ['n']]],
    [{ kind: 'histogram', x: 'ms' }, schema('n:n ms:n'), ['from', 'to', 'n'], ['ms', null, ['n']]],
    [
      { kind: 'histogram', values: ['ms'] },
      schema('n:n ms:n'),
      ['from', 'to', 'n'],
      ['ms', null, ['n']]
    ],
    [{ kind: 'heatmap', x: 'b' }, schema('a:t b:t n:n', 'a b'), ['b', 'a', 'n'], ['b', 'a', ['n']]],
    [
      { kind: 'heatmap' },
      schema('page:t at:d n:n', 'page at'),
      ['at', 'page', 'n'],
      ['at', 'page', ['n']]
    ],
    [{ kind: 'line' }, schema('page:t at:d n:n'), ['at', 'n'], ['at', null, ['n']]],
    [{ series: 'page' }, schema('page:t at:d n:n'), ['at', ...slots], ['at', 'page', slots]],
    [
      { kind: 'line', values: ['m', 'n'] },
      schema('page:t at:d n:n m:n', 'page at'),
      ['at', 'm', 'n'],
      ['at', null, ['m', 'n']]
    ],
    [
      { kind: 'bars', values: ['m'] },
      schema('page:t n:n m:n', 'page'),
      ['page', 'n', 'm'],
      ['page', null, ['m']]
    ]
  ];
  for (const [request, stream, columns, rest] of asked)
    it(`has the columns that ${JSON.stringify(request)} needs`, () => {
      const view = viewFor(stream, request);
      assert.deepEqual(
        view.columns.map(({ name }) => name),
        columns
      );
      assert.deepEqual([view.category, view.series, view.values], rest);
    });

  const refused: readonly [request: ViewRequest, stream: Schema, message: RegExp][] = [
    [
      { kind: 'histogram' },
      schema('page:t at:d'),
      /^A histogram needs a column of numbers \(hits has page \(text\), at \(time\)\)\. Choose/
    ],
    [{ kind: 'line' }, schema('page:t n:n', 'page'), /^A line needs a column of times/],
    [{ kind: 'line' }, schema('at:d page:t', 'at page'), /^A line needs a column of numbers/],
    [{ kind: 'bars' }, schema('page:t', 'page'), /^Bars need a column of numbers/],
    [{ kind: 'heatmap' }, schema('page:t n:n', 'page'), /^A heat map needs two columns/],
    [{ kind: 'bars', x: 'pages' }, schema('page:t n:n', 'page'), /--x\)\. Did you mean page\?/],
    [
      { values: ['page'] },
      schema('page:t n:n', 'page'),
      /--value takes a column of numbers \(page is text\)/
    ],
    [
      { kind: 'bars', windowMs: 1 },
      schema('page:t n:n', 'page'),
      /bars does not take --window \(it is for line, number\)/
    ],
    [
      { kind: 'line', series: 'page', values: ['n', 'm'] },
      schema('at:d page:t n:n m:n'),
      /A line with --series takes one --value/
    ]
  ];
  for (const [request, stream, message] of refused)
    it(`is refused: ${JSON.stringify(request)}`, () => {
      assert.throws(() => viewFor(stream, request), failsWith('HR_USAGE', message));
    });

  it('has a title that says what it shows', () => {
    const titles = (['bars', 'number', 'histogram', 'table'] as const).map(
      kind => viewFor(schema('page:t n:n', 'page'), { kind }).title
    );
    assert.deepEqual(titles, ['hits: n by page', 'hits: n', 'hits: how n is spread', 'hits']);
    const own = viewFor(schema('page:t n:n'), { kind: 'vega-lite', definition: { title: 'Mine' } });
    assert.deepEqual([own.title, own.definition], ['Mine', { title: 'Mine' }]);
    const lines = viewFor(schema('page:t at:d n:n', 'page at'), {});
    assert.deepEqual([lines.title, lines.measured], ['hits: n by page over time', 'n']);
    assert.equal(viewFor(schema('page:t n:n', 'page'), { title: 'T' }).title, 'T');
  });

  it('never asks for more cells than a page takes', () => {
    const wide = schema(Array.from({ length: 190 }, (_, index) => `c${index}:t`).join(' '));
    assert.equal(viewFor(wide, { limit: 1_000 }).limit, 526);
  });
});
