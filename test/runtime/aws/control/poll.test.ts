import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { poll } from '../../../../src/runtime/aws/control/poll.ts';
import { HeadraceError } from '../../../../src/shared/errors.ts';
import { failsWith } from '../../../fakes/errors.ts';
import { VirtualClock } from '../../../fakes/virtual-clock.ts';

const away = new HeadraceError('HR_AWS_UNREACHABLE', 'AWS does not answer');

describe('a wait for AWS', () => {
  it('looks until it is done, and tells what it sees', async () => {
    const clock = new VirtualClock(0);
    const seen: number[] = [];
    let count = 0;
    const last = await poll(
      () => Promise.resolve(++count),
      value => value === 4,
      { what: 'four', clock, everyMs: 10, limitMs: 1000, onSeen: value => seen.push(value) }
    );
    assert.equal(last, 4);
    assert.deepEqual(seen, [1, 2, 3, 4]);
    assert.equal(clock.now(), 30);
  });

  it('goes on when AWS does not answer for a moment', async () => {
    const clock = new VirtualClock(0);
    let count = 0;
    const look = () => (++count === 2 ? Promise.reject(away) : Promise.resolve(count));
    const options = { what: 'it', clock, everyMs: 10, limitMs: 1000 };
    assert.equal(await poll(look, value => value === 3, options), 3);
  });

  it('ends with any other error, and with the last one at its limit', async () => {
    const options = { what: 'it', clock: new VirtualClock(0), everyMs: 10, limitMs: 25 };
    const denied = new HeadraceError('HR_AWS_REFUSED', 'No');
    await assert.rejects(
      poll(
        () => Promise.reject(denied),
        () => true,
        options
      ),
      failsWith('HR_AWS_REFUSED', /No/)
    );
    await assert.rejects(
      poll(
        () => Promise.reject(away),
        () => true,
        options
      ),
      failsWith('HR_AWS_UNREACHABLE', /does not answer/)
    );
  });

  it('looks a last time at its limit and then gives up, and says that it goes on', async () => {
    const clock = new VirtualClock(0);
    const at: number[] = [];
    const look = () => Promise.resolve(at.push(clock.now()));
    const options = { what: 'the cluster', clock, everyMs: 100_000, limitMs: 120_000 };
    await assert.rejects(
      poll(look, () => false, options),
      failsWith('HR_TIMEOUT', /the cluster.*longer than 2 minutes.*goes on in AWS/)
    );
    assert.deepEqual(at, [0, 100_000, 120_000]);
  });

  it('can be interrupted', async () => {
    const abort = new AbortController();
    const clock = new VirtualClock(0);
    const waited = poll(
      () => {
        abort.abort();
        return Promise.resolve(1);
      },
      () => false,
      { what: 'it', clock, everyMs: 10, limitMs: 1000, signal: abort.signal }
    );
    await assert.rejects(waited, failsWith('HR_INTERRUPTED', /./));
  });
});
