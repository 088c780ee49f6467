import assert from 'node:assert/strict';
import type { SessionRecord } from '../../../../src/local/gateway/sessions/session-record.ts';
import { describe, it } from 'node:test';
import { createRequestSchema } from '../../../../src/local/gateway/sessions/create-request.ts';
import { durationMs } from '../../../../src/local/gateway/sessions/expiry.ts';
import { SessionRegistry } from '../../../../src/local/gateway/sessions/session-registry.ts';
import { ManualClock } from '../../../fakes/manual-clock.ts';
import { MemoryDrivers } from '../../../fakes/memory-driver.ts';
import { MemoryRecords } from '../../../fakes/memory-records.ts';

function fixture(request: unknown) {
  const clock = new ManualClock();
  const drivers = new MemoryDrivers();
  const store = new MemoryRecords<SessionRecord>('session');
  const registry = new SessionRegistry({ launcher: drivers.launcher, store, clock });
  const session = registry.create(createRequestSchema.parse(request));
  drivers.last.events.ready('local-1');
  const aliveAfter = async (ms: number): Promise<boolean> => {
    await clock.advance(ms);
    await registry.sweep();
    return registry.list().length === 1;
  };
  return { registry, session, drivers, aliveAfter };
}

describe('time limits of a session', () => {
  it('a heartbeat is any call that names the session', async () => {
    const { registry, aliveAfter } = fixture({ heartbeatTimeoutInSecond: 10 });
    assert.ok(await aliveAfter(9_000));
    registry.get('0');
    assert.ok(await aliveAfter(9_000));
    assert.ok(!(await aliveAfter(2_000)));
  });

  it('a busy session is not idle', async () => {
    const { session, drivers, aliveAfter } = fixture({ kind: 'pyspark', idleTimeout: '10s' });
    session.submit('1', 'pyspark');
    await Promise.resolve();
    assert.ok(await aliveAfter(60_000));
    drivers.last.finish('1');
    assert.ok(await aliveAfter(9_000));
    assert.ok(!(await aliveAfter(2_000)));
  });

  it('a life ends in any case', async () => {
    const { aliveAfter } = fixture({ ttl: '1m' });
    assert.ok(await aliveAfter(59_000));
    assert.ok(!(await aliveAfter(2_000)));
  });

  it('a dead session is listed for ten minutes', async () => {
    const { drivers, aliveAfter } = fixture({});
    drivers.last.events.ended('gone');
    assert.ok(await aliveAfter(599_000));
    assert.ok(!(await aliveAfter(2_000)));
  });

  it('a session without limits stays', async () => {
    const { aliveAfter } = fixture({});
    assert.ok(await aliveAfter(1_000_000_000));
  });

  for (const [text, ms] of [
    ['5s', 5_000],
    ['2h', 7_200_000],
    ['10', 10],
    ['10 min', 600_000],
    ['soon', null],
    [null, null]
  ] as const)
    it(`reads ${text ?? 'nothing'}`, () => assert.equal(durationMs(text), ms));
});
