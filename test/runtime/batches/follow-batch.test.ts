import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { followBatch } from '../../../src/runtime/batches/follow-batch.ts';
import { failsWith } from '../../fakes/errors.ts';
import { livyLog, MemoryBatches, type BatchLook } from '../../fakes/memory-batches.ts';
import { VirtualClock } from '../../fakes/virtual-clock.ts';

async function follow(looks: readonly BatchLook[], prepare?: (batches: MemoryBatches) => void) {
  const batches = new MemoryBatches();
  batches.looks = looks;
  const { id } = await batches.submitBatch({ file: '/jobs/job.py' });
  prepare?.(batches);
  const abort = new AbortController();
  const seen: string[] = [];
  const end = followBatch(batches, id, {
    clock: new VirtualClock(),
    signal: abort.signal,
    onState: state => seen.push(state),
    onLines: (lines, gap) => seen.push(...lines.map(({ text }) => text), ...(gap ? ['gap'] : []))
  });
  return { end, seen, abort, batches };
}

describe('following a batch', () => {
  it('tells states and new lines until the end, the last lines included', async () => {
    const { end, seen } = await follow([
      { state: 'starting', log: livyLog([]) },
      { state: 'running', log: livyLog(['one']) },
      { state: 'running', log: livyLog(['one', 'two']) },
      { state: 'success', log: livyLog(['one', 'two', 'three']) }
    ]);
    assert.deepEqual(await end, { state: 'success', reason: null });
    assert.deepEqual(seen, ['starting', 'running', 'one', 'running', 'two', 'success', 'three']);
  });

  it('gives the reason of a failure', async () => {
    const { end } = await follow([{ state: 'dead', log: livyLog(['ValueError: no']) }]);
    assert.deepEqual(await end, { state: 'dead', reason: 'ValueError: no' });
  });

  it('ends when somebody else has deleted the batch', async () => {
    const { end } = await follow([{ state: 'running', log: livyLog([]) }], batches => {
      batches.onLook = () => void batches.deleteBatch(0);
    });
    assert.deepEqual(await end, { state: 'killed', reason: 'it was deleted' });
  });

  it('goes on in an unknown state, and ends by its signal without touching the batch', async () => {
    const { end, abort, batches } = await follow([{ state: 'unknown', log: livyLog([]) }]);
    let looks = 0;
    batches.onLook = () => {
      looks += 1;
      if (looks === 5) abort.abort();
    };
    await assert.rejects(end, failsWith('HR_INTERRUPTED', /./));
    assert.deepEqual(batches.deleted, []);
  });
});
