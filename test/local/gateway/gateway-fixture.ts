import type { Server } from 'node:http';
import type { SessionRecord } from '../../../src/local/gateway/sessions/session-record.ts';
import type { BatchRecord } from '../../../src/local/gateway/batches/batch-record.ts';
import Fastify, { type FastifyHttpOptions, type InjectOptions } from 'fastify';
import { registerGateway, type GatewayOptions } from '../../../src/local/gateway/gateway.ts';
import { serverOptions } from '../../../src/local/gateway/http/server-options.ts';
import { ManualClock } from '../../fakes/manual-clock.ts';
import { MemoryDrivers } from '../../fakes/memory-driver.ts';
import { MemoryRunners } from '../../fakes/memory-runner.ts';
import { MemoryRecords } from '../../fakes/memory-records.ts';

export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, unknown>>;
}

/** A gateway on drivers in memory; requests go in without a socket. */
export async function gatewayFixture(
  options: Partial<GatewayOptions> = {},
  server: FastifyHttpOptions<Server> = {}
) {
  const logged: string[] = [];
  const app = Fastify({ ...serverOptions({ write: line => logged.push(line) }), ...server });
  const clock = new ManualClock();
  const drivers = new MemoryDrivers(() => clock.now());
  const runners = new MemoryRunners();
  const gateway = await registerGateway(app, {
    launcher: drivers.launcher,
    store: new MemoryRecords<SessionRecord>('session'),
    batches: { launcher: runners.launcher, store: new MemoryRecords<BatchRecord>('batch') },
    sparkVersion: '4.3.0',
    clock,
    ...options
  });
  /** Sends a string as it is and everything else as JSON; an empty body is `null`. */
  const call = async (
    method: 'GET' | 'POST' | 'DELETE' | 'PATCH' | 'PUT' | 'HEAD' | 'OPTIONS',
    url: string,
    body?: unknown,
    headers: Record<string, string> = { 'content-type': 'application/json' }
  ): Promise<Answer> => {
    const payload = typeof body === 'string' || body === undefined ? body : JSON.stringify(body);
    const request: InjectOptions = { method, url, headers };
    const reply = await app.inject(payload === undefined ? request : { ...request, payload });
    const json = String(reply.headers['content-type']).startsWith('application/json');
    return {
      status: reply.statusCode,
      body: reply.body === '' ? null : json ? (JSON.parse(reply.body) as unknown) : reply.body,
      headers: reply.headers
    };
  };
  /** A session that is idle. */
  const idleSession = async (request: unknown = { kind: 'pyspark' }) => {
    const { body } = await call('POST', '/sessions', request);
    drivers.last.events.ready('local-1');
    return (body as { id: number }).id;
  };
  return { app, logged, gateway, drivers, runners, clock, call, idleSession };
}
