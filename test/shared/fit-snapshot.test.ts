import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fitSnapshot } from '../../src/shared/fit-snapshot.ts';
import type { ViewSnapshot } from '../../src/shared/view.ts';
import { snapshotOf, view } from '../panels/views.ts';

const length = (snapshot: ViewSnapshot): number => snapshot.frame.data['n']?.length ?? 0;

describe('snapshot that has to fit', () => {
  it('stays as it is when it fits', () => {
    const snapshot = snapshotOf();
    assert.equal(fitSnapshot(snapshot, length, 4), snapshot);
  });

  it('keeps the first rows', () => {
    const { frame } = fitSnapshot(snapshotOf(), length, 2);
    assert.deepEqual(frame.data, { word: ['be', 'to'], n: [1234, 7] });
    assert.equal(frame.total, 19);
  });

  for (const kind of ['line', 'number'] as const)
    it(`keeps the newest points of a ${kind}`, () => {
      const course = snapshotOf({}, { view: { ...view, kind } });
      assert.deepEqual(fitSnapshot(course, length, 1).frame.data, { word: ['not'], n: [5] });
    });

  it('ends without rows when nothing fits', () => {
    assert.deepEqual(fitSnapshot(snapshotOf(), () => 1, 0).frame.data, { word: [], n: [] });
  });
});
