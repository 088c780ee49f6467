import assert from 'node:assert/strict';
import { it } from 'node:test';
import { MAX_RESTARTS, RESTART_WINDOW_MS, RestartLimit } from '../../src/runtime/restart-limit.ts';
import { ManualClock } from '../fakes/manual-clock.ts';

it('RestartLimit allows some restarts within a while, and more later', async () => {
  const clock = new ManualClock();
  const limit = new RestartLimit(clock);
  const some = Array.from({ length: MAX_RESTARTS }, () => limit.take());
  assert.deepEqual(new Set(some), new Set([true]));
  await clock.advance(RESTART_WINDOW_MS - 1);
  assert.equal(limit.take(), false);
  await clock.advance(1);
  assert.equal(limit.take(), true);
});
