import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { describe, it } from 'node:test';
import { abortable } from '../../src/runtime/abortable.ts';

describe('abortable', () => {
  it('gives the result and lets go of the signal', async () => {
    const { signal } = new AbortController();
    assert.equal(await abortable(Promise.resolve(7), signal, 'work'), 7);
    assert.equal(getEventListeners(signal, 'abort').length, 0);
  });

  it('rejects at once when the signal is aborted before or during the work', async () => {
    const never = new Promise<void>(() => undefined);
    await assert.rejects(abortable(never, AbortSignal.abort(), 'work'), { code: 'HR_INTERRUPTED' });
    const later = new AbortController();
    const waiting = abortable(never, later.signal, 'work');
    later.abort();
    await assert.rejects(waiting, { code: 'HR_INTERRUPTED' });
  });
});
