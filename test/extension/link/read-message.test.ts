import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readFrame, readMessage, readSnapshot } from '../../../src/extension/link/read-message.ts';
import { VIEW_BOUNDS } from '../../../src/shared/view.ts';
import { frameOf, snapshotOf } from '../../panels/views.ts';

describe('what is read of a kernel or a notebook', () => {
  it('reads a frame with all that it has', () => {
    assert.deepEqual(readFrame(frameOf()), frameOf());
  });

  it('refuses frames that are too large before it walks through them', () => {
    const unread: unknown = new Proxy<unknown[]>([], {
      get: (_, name) => {
        if (name === 'length') return VIEW_BOUNDS.cells + 1;
        throw new Error(`${String(name)} was looked at`);
      }
    });
    assert.equal(readFrame({ ...frameOf(), data: { word: unread } }), null);
    const names = Array.from({ length: VIEW_BOUNDS.columns + 1 }, (_, at) => `c${at}`);
    const data: Record<string, unknown[]> = Object.fromEntries(names.map(name => [name, []]));
    assert.equal(readFrame({ ...frameOf(), data }), null);
  });

  it('refuses what is no frame', () => {
    for (const value of [null, 1, 'frame', [], {}, { ...frameOf(), status: 'live' }])
      assert.equal(readFrame(value), null);
  });

  it('refuses messages that are none, or that carry more views than a page has', () => {
    const views = Object.fromEntries(Array.from({ length: 501 }, (_, at) => [`v${at}`, {}]));
    for (const value of [null, 'frame', { type: 'other' }, { type: 'frame', seq: 1, at: 1, views }])
      assert.equal(readMessage(value), null);
  });

  it('reads what a notebook keeps, and refuses what it cannot draw', () => {
    assert.deepEqual(readSnapshot(snapshotOf()), snapshotOf());
    assert.equal(readSnapshot({ ...snapshotOf(), version: 2 }), null);
    assert.equal(readSnapshot({ ...snapshotOf(), frame: null }), null);
    assert.equal(readSnapshot('<script>alert(1)</script>'), null);
  });
});
