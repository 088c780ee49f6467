import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fitSnapshot } from '../../../src/shared/saved/fit-snapshot.ts';
import type { ViewSnapshot } from '../../../src/shared/view.ts';
import { frameOf, snapshotOf, view } from '../../panels/views.ts';

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

  for (const [type, kept] of [
    ['text', 'a'],
    ['time', 'c']
  ] as const)
    it(`keeps whole columns of a heat map with ${type} across`, () => {
      const columns = [{ name: 'x', type }];
      const data = { x: ['a', 'a', 'b', 'b', 'c', 'c'], n: [1, 2, 3, 4, 5, 6] };
      const heatmap = snapshotOf(
        {},
        {
          view: { ...view, kind: 'heatmap', columns, category: 'x' },
          frame: { ...frameOf(), data }
        }
      );
      assert.deepEqual(fitSnapshot(heatmap, length, 5).frame.data['x'], [kept, kept]);
    });

  it('ends without rows when nothing fits', () => {
    assert.deepEqual(fitSnapshot(snapshotOf(), () => 1, 0).frame.data, { word: [], n: [] });
  });
});
