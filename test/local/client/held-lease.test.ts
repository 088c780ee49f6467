import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fastify from 'fastify';
import { HeldLease } from '../../../src/local/client/held-lease.ts';
import { guardAccess } from '../../../src/local/gateway/http/access.ts';
import { controlRoutes } from '../../../src/local/supervisor/control-routes.ts';
import { LEASE_MS, LeaseBook, RENEW_MS } from '../../../src/local/supervisor/leases.ts';
import type { StackRecord } from '../../../src/local/supervisor/records.ts';
import { ManualClock } from '../../fakes/manual-clock.ts';

const quiet = (): void => undefined;

/** The control routes of a stack, served for the length of one test. */
async function withStack(
  run: (record: StackRecord, leases: LeaseBook, clock: ManualClock) => Promise<void>
): Promise<void> {
  const clock = new ManualClock();
  const leases = new LeaseBook(clock);
  const app = fastify({ forceCloseConnections: true });
  const token = 't'.repeat(43);
  guardAccess(app, token);
  controlRoutes(app, {
    leases,
    status: () => ({ pid: 1, startedAt: 0, leases: leases.count(), parts: [] }),
    shutdown: () => undefined
  });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  const daemon = { pid: process.pid, start: '1' };
  try {
    await run(
      { version: 1, id: 's', daemon, url, token, brokers: ['b:1'], startedAt: 0 },
      leases,
      clock
    );
  } finally {
    await app.close();
  }
}

describe('HeldLease', () => {
  it('takes one lease however often it is asked, and gives it back', () =>
    withStack(async (record, leases) => {
      const lease = new HeldLease(quiet);
      await lease.take(record);
      await lease.take(record);
      assert.equal(leases.count(), 1);
      await lease.giveBack();
      assert.equal(leases.count(), 0);
      await lease.giveBack();
    }));

  it('takes a new one when the old one was lost', () =>
    withStack(async (record, leases, clock) => {
      const lease = new HeldLease(quiet);
      await lease.take(record);
      await clock.advance(LEASE_MS);
      assert.equal(leases.count(), 0);
      await lease.take(record);
      assert.equal(leases.count(), 1);
      await lease.giveBack();
      assert.equal(leases.count(), 0);
    }));

  it('needs nothing of a stack that is gone', async () => {
    const lease = new HeldLease(quiet);
    await withStack(record => lease.take(record));
    await lease.giveBack();
  });

  it('tells at the next renewal that the stack is gone, until it is given back', async context => {
    context.mock.timers.enable({ apis: ['setInterval'] });
    const renewed: string[] = [];
    let told = (): void => undefined;
    const gone = new Promise<void>(resolve => (told = resolve));
    const lease = new HeldLease(() => {
      renewed.push('gone');
      told();
    });
    await withStack(record => lease.take(record));
    context.mock.timers.tick(RENEW_MS);
    await gone;
    await lease.giveBack();
    context.mock.timers.tick(RENEW_MS);
    assert.equal(renewed.length, 1);
  });

  it('follows the stack to another address', () =>
    withStack(first =>
      withStack(async (second, leases) => {
        const lease = new HeldLease(quiet);
        await lease.take(first);
        await lease.take(second);
        assert.equal(leases.count(), 1);
        await lease.giveBack();
        assert.equal(leases.count(), 0);
      })
    ));

  it('says so when the stack refuses', () =>
    withStack(async record => {
      const lease = new HeldLease(quiet);
      await assert.rejects(lease.take({ ...record, token: 'wrong' }), { code: 'HR_PROCESS' });
    }));
});
