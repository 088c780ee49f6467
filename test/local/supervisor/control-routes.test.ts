import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fastify from 'fastify';
import { guardAccess } from '../../../src/local/gateway/http/access.ts';
import { controlRoutes, leaseSchema } from '../../../src/local/supervisor/control-routes.ts';
import { LEASE_MS, LeaseBook } from '../../../src/local/supervisor/leases.ts';
import { ManualClock } from '../../fakes/manual-clock.ts';

const TOKEN = 'a'.repeat(43);

function control() {
  const clock = new ManualClock();
  const leases = new LeaseBook(clock);
  const app = fastify();
  const stopped: number[] = [];
  guardAccess(app, TOKEN);
  controlRoutes(app, {
    leases,
    status: () => ({ pid: 1, startedAt: 2, leases: leases.count(), parts: [] }),
    shutdown: () => void stopped.push(clock.now())
  });
  const call = (
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    url: string,
    headers: Record<string, string> = { authorization: `Bearer ${TOKEN}` }
  ) => app.inject({ method, url, headers: { host: '127.0.0.1:1', ...headers } });
  return { call, clock, leases, stopped };
}

describe('the control routes', () => {
  it('give, renew and take back a lease', async () => {
    const { call, leases } = control();
    const created = await call('POST', '/headrace/leases');
    assert.equal(created.statusCode, 201);
    const { id, milliseconds } = leaseSchema.parse(created.json());
    assert.equal(milliseconds, LEASE_MS);
    assert.equal((await call('PUT', `/headrace/leases/${id}`)).statusCode, 204);
    assert.deepEqual((await call('GET', '/headrace/status')).json(), {
      pid: 1,
      startedAt: 2,
      leases: 1,
      parts: []
    });
    assert.equal((await call('DELETE', `/headrace/leases/${id}`)).statusCode, 204);
    assert.equal(leases.count(), 0);
  });

  it('tell a client that its lease is lost', async () => {
    const { call, clock } = control();
    const { id } = leaseSchema.parse((await call('POST', '/headrace/leases')).json());
    await clock.advance(LEASE_MS);
    assert.equal((await call('PUT', `/headrace/leases/${id}`)).statusCode, 404);
  });

  it('answer before the stack ends', async () => {
    const { call, stopped } = control();
    assert.equal((await call('POST', '/headrace/shutdown')).statusCode, 202);
    assert.equal(stopped.length, 1);
  });

  it('refuse a wrong token and a foreign host name, whatever the route', async () => {
    const { call, stopped } = control();
    for (const url of ['/headrace/shutdown', '/sessions', '/nothing']) {
      assert.equal((await call('POST', url, {})).statusCode, 401);
      assert.equal((await call('POST', url, { authorization: 'Bearer x' })).statusCode, 401);
      const host = 'evil.example:80';
      const rebound = await call('POST', url, { authorization: `Bearer ${TOKEN}`, host });
      assert.equal(rebound.statusCode, 403);
    }
    assert.equal(stopped.length, 0);
  });
});
