import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { RecentRows } from '../../../src/kernel/live/recent-rows.ts';
import { wordRow } from '../../fakes/views.ts';

describe('the newest rows', () => {
  it('tell the key of the newest one with the same cells', () => {
    const rows = new RecentRows();
    rows.add([
      { ...wordRow('to', 1), key: 'words-0-1' },
      { ...wordRow('to', 1), key: 'words-0-9' },
      { ...wordRow('be', 1), key: 'words-1-3' }
    ]);
    assert.equal(rows.keyOf({ word: 'to', n: 1 }), 'words-0-9');
    assert.equal(rows.keyOf({ word: 'or', n: 1 }), null);
  });

  it('are forgotten after some thousands', () => {
    const rows = new RecentRows();
    rows.add([{ ...wordRow('first', 1), key: 'words-0-0' }]);
    for (let n = 0; n < 20; n += 1)
      rows.add(Array.from({ length: 1_000 }, (_, index) => wordRow(`w${n}-${index}`, 1)));
    assert.equal(rows.keyOf({ word: 'first', n: 1 }), null);
    assert.equal(rows.keyOf({ word: 'w19-999', n: 1 }), 'w19-999');
  });
});
