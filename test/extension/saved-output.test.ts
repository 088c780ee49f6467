import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { savedOutput } from '../../src/extension/saved-output.ts';
import { MAX_SNAPSHOT_BYTES } from '../../src/shared/saved/fit-snapshot.ts';
import { viewSnapshotSchema } from '../../src/shared/view.ts';
import { english } from '../fakes/translate.ts';
import { frameOf, snapshotOf, view } from '../panels/views.ts';

describe('saved output', () => {
  it('has data, a chart for others, a picture and text', () => {
    const bundle = savedOutput(snapshotOf(), 'aGVsbG8=', english);
    assert.deepEqual(Object.keys(bundle), [
      'application/vnd.headrace.view.v1+json',
      'application/vnd.vegalite.v5+json',
      'text/plain',
      'image/png'
    ]);
    const saved = viewSnapshotSchema.parse(bundle['application/vnd.headrace.view.v1+json']);
    assert.deepEqual(saved, snapshotOf());
  });

  it('loses rows and the picture rather than grow beyond its limit', () => {
    const words = Array.from({ length: 4000 }, (_, index) => `a-rather-long-word-${index}`);
    const data = { word: words, n: words.map((_, index) => index) };
    const big = snapshotOf({}, { view: { ...view, limit: 4000 }, frame: { ...frameOf(), data } });
    const bundle = savedOutput(big, 'x'.repeat(60_000), english);
    assert.equal('image/png' in bundle, false);
    assert.ok(JSON.stringify(bundle).length <= MAX_SNAPSHOT_BYTES);
    assert.ok(JSON.stringify(bundle).includes('a-rather-long-word-0'));
  });

  it('says when it was so, in the chart and in the text', () => {
    const bundle = savedOutput(snapshotOf(), null, english);
    const stamp = /saved \d{4}-\d\d-\d\d \d\d:\d\d:\d\d while live · [\d,]+ rows/;
    assert.match(String(bundle['text/plain']), stamp);
    assert.match(JSON.stringify(bundle['application/vnd.vegalite.v5+json']), stamp);
  });

  it('keeps no chart of a definition that was never drawn, or that is refused', () => {
    const of = (definition: Record<string, unknown>) =>
      snapshotOf({}, { view: { ...view, kind: 'vega-lite', definition } });
    const types = (png: string | null, definition: Record<string, unknown>): string[] =>
      Object.keys(savedOutput(of(definition), png, english)).slice(1);
    assert.deepEqual(types(null, { mark: 'bar' }), ['text/plain']);
    assert.deepEqual(types('aGk=', { mark: 'image' }), ['text/plain']);
    assert.equal(types('aGk=', { mark: 'bar' }).length, 3);
  });
});
