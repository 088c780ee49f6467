import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LEASE_MS, LeaseBook, RENEW_MS } from '../../../src/local/supervisor/leases.ts';
import { ManualClock } from '../../fakes/manual-clock.ts';

describe('LeaseBook', () => {
  it('counts idle time from its start while nobody came', async () => {
    const clock = new ManualClock();
    const leases = new LeaseBook(clock);
    await clock.advance(5_000);
    assert.equal(leases.idleMs(), 5_000);
  });

  it('is in use while one lease is renewed, however long', async () => {
    const clock = new ManualClock();
    const leases = new LeaseBook(clock);
    const id = leases.create();
    for (let time = 0; time < 10 * LEASE_MS; time += RENEW_MS) {
      await clock.advance(RENEW_MS);
      assert.ok(leases.renew(id));
      assert.equal(leases.idleMs(), 0);
    }
  });

  it('loses a lease that was not renewed, and does not give it back', async () => {
    const clock = new ManualClock();
    const leases = new LeaseBook(clock);
    const id = leases.create();
    await clock.advance(LEASE_MS - 1);
    assert.equal(leases.count(), 1);
    await clock.advance(1);
    assert.equal(leases.count(), 0);
    assert.equal(leases.renew(id), false);
  });

  it('counts idle time from the moment the loss was seen, as after a sleep of the machine', async () => {
    const clock = new ManualClock();
    const leases = new LeaseBook(clock);
    leases.create();
    await clock.advance(8 * 3600 * 1000);
    assert.equal(leases.idleMs(), 0);
    await clock.advance(2_000);
    assert.equal(leases.idleMs(), 2_000);
  });

  it('stays in use until the last of several leases is given back', async () => {
    const clock = new ManualClock();
    const leases = new LeaseBook(clock);
    const [first, second] = [leases.create(), leases.create()];
    leases.remove(first);
    leases.remove(first);
    assert.equal(leases.count(), 1);
    leases.remove(second);
    await clock.advance(1_000);
    assert.equal(leases.idleMs(), 1_000);
  });
});
