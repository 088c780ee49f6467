import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { finalBundle } from '../../../src/kernel/snapshot/snapshot-bundle.ts';
import { MAX_SNAPSHOT_BYTES } from '../../../src/shared/fit-snapshot.ts';
import { renderPng } from '../../../src/kernel/snapshot/png.ts';
import { createViewModel } from '../../../src/runtime/views/create-view-model.ts';
import { VIEW_MIME } from '../../../src/shared/names.ts';
import {
  VIEW_KINDS,
  viewSnapshotSchema,
  type ViewKind,
  type ViewSpec
} from '../../../src/shared/view.ts';
import { liveStatus } from '../../fakes/views.ts';

const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47]);

function specOf(kind: ViewKind, limit: number): ViewSpec {
  return {
    id: kind,
    stream: 'hits',
    title: `Hits as ${kind}`,
    kind,
    columns: [
      { name: 'at', type: 'time' },
      { name: 'url', type: 'text' },
      { name: 'n', type: 'number' }
    ],
    category: kind === 'bars' ? 'url' : kind === 'line' ? 'at' : null,
    values: ['n'],
    series: null,
    windowMs: null,
    definition: null,
    limit
  };
}

function snapshotOf(kind: ViewKind, rows: number, text: string) {
  const view = specOf(kind, rows);
  const model = createViewModel(view, true);
  model.apply(
    Array.from({ length: rows }, (_, index) => ({
      key: `${index}`,
      row: { at: 1_700_000_000_000 + index * 1_000, url: `${text}${index}`, n: index },
      eventTime: null,
      receivedAt: 0
    }))
  );
  const frame = model.frame(liveStatus);
  return { version: 1 as const, view, frame, seq: 1, savedAt: 0, final: true };
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
      assert.ok((kept.data.n?.length ?? 0) > 10);
      assert.equal(kept.total, 5_000);
      assert.equal('image/png' in bundle, false);
      if (kind === 'line') assert.equal(kept.data.n?.at(-1), 4_999);
      else assert.equal(kept.data.n?.[0], 4_999);
    });
  }
});
