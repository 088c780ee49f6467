import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { finalBundle } from '../../../src/kernel/snapshot/snapshot-bundle.ts';
import { MAX_SNAPSHOT_BYTES } from '../../../src/shared/saved/fit-snapshot.ts';
import { renderPng } from '../../../src/kernel/snapshot/png.ts';
import { VIEW_MIME } from '../../../src/shared/names.ts';
import {
  VIEW_KINDS,
  viewSnapshotSchema,
  type Cell,
  type ViewKind,
  type ViewSnapshot,
  type ViewSpec
} from '../../../src/shared/view.ts';
import { liveStatus } from '../../fakes/views.ts';

const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47]);

const DEFINITION = {
  mark: 'bar',
  encoding: { x: { field: 'n', type: 'quantitative' }, y: { field: 'url', type: 'nominal' } }
};
const COLUMNS: Record<ViewKind, readonly string[]> = {
  bars: ['url', 'n'],
  table: ['at', 'url', 'n'],
  line: ['at', 'n'],
  number: ['time', 'value'],
  histogram: ['from', 'to', 'n'],
  heatmap: ['at', 'url', 'n'],
  'vega-lite': ['at', 'url', 'n']
};
const TYPES = { at: 'time', time: 'time', url: 'text' } as const;

function specOf(kind: ViewKind, limit: number): ViewSpec {
  return {
    id: kind,
    stream: 'hits',
    title: `Hits as ${kind}`,
    kind,
    columns: COLUMNS[kind].map(name => ({
      name,
      type: name in TYPES ? TYPES[name as keyof typeof TYPES] : 'number'
    })),
    category: kind === 'bars' ? 'url' : ['line', 'heatmap'].includes(kind) ? 'at' : null,
    values: ['n'],
    series: kind === 'heatmap' ? 'url' : null,
    windowMs: null,
    definition: kind === 'vega-lite' ? DEFINITION : null,
    limit
  };
}

/** As many rows; the numbers fall but where a course ends with the newest. */
function snapshotOf(kind: ViewKind, rows: number, text: string): ViewSnapshot {
  const view = specOf(kind, rows);
  const cells: Record<string, (index: number) => Cell> = {
    at: index => 1_700_000_000_000 + (kind === 'heatmap' ? index % 10 : index) * 1_000,
    time: index => 1_700_000_000_000 + index * 1_000,
    url: index => `${text}${kind === 'heatmap' ? index % 7 : index}`,
    from: index => index * 10,
    to: index => index * 10 + 10,
    n: index => (kind === 'line' ? index : rows - 1 - index),
    value: index => index
  };
  const data = Object.fromEntries(
    COLUMNS[kind].map(name => [
      name,
      Array.from({ length: rows }, (_, index) => cells[name]?.(index) ?? null)
    ])
  );
  const frame = {
    status: { ...liveStatus, state: 'stopped' as const, rows: 1204 },
    data,
    labels: {},
    total: rows,
    sum: null,
    eventTimeMax: null,
    historyFrom: null
  };
  return { version: 1, view, frame, seq: 1, savedAt: Date.UTC(2026, 10, 23, 12), final: true };
}

describe('what a notebook keeps of a view', () => {
  for (const kind of VIEW_KINDS) {
    it(`is data, chart, picture and text within the limit: ${kind}`, async () => {
      const bundle = await finalBundle(snapshotOf(kind, 20, 'www.amazon'), renderPng);
      assert.deepEqual(viewSnapshotSchema.parse(bundle[VIEW_MIME]).frame.total, 20);
      const png = Buffer.from(String(bundle['image/png']), 'base64');
      assert.deepEqual(png.subarray(0, 4), PNG_SIGNATURE);
      assert.ok(png.length > 2_000, 'the picture is not empty');
      assert.equal('text/html' in bundle, kind === 'table');
      assert.ok(Buffer.byteLength(JSON.stringify(bundle)) < MAX_SNAPSHOT_BYTES * 1.05);
    });

    it(`loses rows and then the picture above the limit: ${kind}`, async () => {
      const large = snapshotOf(kind, 5_000, 'x'.repeat(100));
      const draw = () => Promise.resolve(Buffer.alloc(MAX_SNAPSHOT_BYTES));
      const bundle = await finalBundle(large, draw);
      const kept = viewSnapshotSchema.parse(bundle[VIEW_MIME]).frame;
      assert.ok(Buffer.byteLength(JSON.stringify(bundle)) <= MAX_SNAPSHOT_BYTES);
      assert.ok(Math.max(...Object.values(kept.data).map(cells => cells.length)) > 10);
      assert.equal(kept.total, 5_000);
      assert.equal('image/png' in bundle, false);
      const course = kind === 'number' ? kept.data['value'] : kept.data['n'];
      const newest = ['line', 'number'].includes(kind) ? course?.at(-1) : course?.[0];
      // A heat map by time keeps its last columns.
      if (kind !== 'heatmap') assert.equal(newest, 4_999);
    });
  }

  it('has its stamp in the picture, in the chart for others and in the text', async () => {
    const drawn: string[] = [];
    const bundle = await finalBundle(snapshotOf('bars', 3, 'a'), specification => {
      drawn.push(JSON.stringify(specification));
      return Promise.resolve(Buffer.alloc(8));
    });
    const stamp = /stopped 2026-11-2\d \d\d:00:00 · 1,204 rows/;
    assert.match(drawn[0] ?? '', stamp);
    assert.match(JSON.stringify(bundle['application/vnd.vegalite.v5+json']), stamp);
    assert.match(String(bundle['text/plain']), stamp);
  });

  it('of a definition that asks for too much is data and text', async () => {
    const snapshot = snapshotOf('vega-lite', 3, 'a');
    const hostile = { ...DEFINITION, data: { url: 'https://example.org/rows.json' } };
    const refused = { ...snapshot, view: { ...snapshot.view, definition: hostile } };
    const bundle = await finalBundle(refused, () => Promise.reject(new Error('not drawn')));
    assert.deepEqual(Object.keys(bundle), [VIEW_MIME, 'text/html', 'text/plain']);
  });

  it('of a definition that cannot be drawn is data and text', async () => {
    const snapshot = snapshotOf('vega-lite', 3, 'a');
    const broken = { ...snapshot, view: { ...snapshot.view, definition: { mark: 'nothing' } } };
    const bundle = await finalBundle(broken, renderPng);
    assert.equal('image/png' in bundle, false);
    assert.match(String(bundle['text/plain']), /a0/);
  });
});
