import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import type { Answer } from '../conformance/compare.ts';
import { testStack } from './endpoints.ts';

/** Longest wait for a state, milliseconds. */
const LIMIT_MS = 120_000;
const LOOK_MS = 20;

/** Sends one request to the gateway of the test stack as any client of Livy would; a string is sent as it is. */
export async function rest(method: string, path: string, body?: unknown): Promise<Answer> {
  const { livyUrl, livyToken } = testStack();
  const reply = await fetch(`${livyUrl}${path}`, {
    method,
    headers: {
      authorization: `Basic ${Buffer.from(`anyone:${livyToken}`).toString('base64')}`,
      'x-requested-by': 'conformance',
      'content-type': 'application/json'
    },
    redirect: 'manual',
    signal: AbortSignal.timeout(LIMIT_MS),
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) })
  });
  const headers = Object.fromEntries(reply.headers);
  // The body is given unpacked.
  delete headers['content-encoding'];
  return { status: reply.status, headers, body: await reply.text() };
}

/** A field of a JSON body. */
export function field(answer: Answer, name: string): unknown {
  return (JSON.parse(answer.body) as Readonly<Record<string, unknown>>)[name];
}

/** Asks again until the state is one of these; a bound on the wait, not a sleep. */
export async function untilState(path: string, ...states: readonly string[]): Promise<Answer> {
  const deadline = Date.now() + LIMIT_MS;
  for (;;) {
    const answer = await rest('GET', path);
    if (answer.status !== 200 || states.includes(String(field(answer, 'state')))) return answer;
    assert.ok(Date.now() < deadline, `${path} became none of ${states.join()}: ${answer.body}`);
    await delay(LOOK_MS);
  }
}

/** Creates a session and waits until it takes statements; gives its path. */
export async function idleSession(request: unknown): Promise<string> {
  const created = await rest('POST', '/sessions', request);
  assert.equal(created.status, 201, created.body);
  const path = `/sessions/${String(field(created, 'id'))}`;
  const answer = await untilState(path, 'idle', 'dead', 'error', 'killed');
  assert.equal(field(answer, 'state'), 'idle', answer.body);
  return path;
}

/** Posts a statement; gives its path. */
export async function post(session: string, request: unknown): Promise<string> {
  const posted = await rest('POST', `${session}/statements`, request);
  assert.equal(posted.status, 201, posted.body);
  return `${session}/statements/${String(field(posted, 'id'))}`;
}

/** The answer about a statement that has ended. */
export async function run(session: string, request: unknown): Promise<Answer> {
  return untilState(await post(session, request), 'available', 'cancelled');
}
