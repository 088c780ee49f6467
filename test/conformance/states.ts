import assert from 'node:assert/strict';
import type { gatewayFixture } from '../local/gateway/gateway-fixture.ts';
import { readCapture } from './captures.ts';

type Fixture = Awaited<ReturnType<typeof gatewayFixture>>;

/** Brings a gateway into the state that a recorded request met; gives the id of the session or batch meant. */
export type Given = (fixture: Fixture) => Promise<number | undefined>;

/** The exchange that created the session of most recordings. */
const SPARK = 'session-create-spark';
/** Lines of each stream that are kept. */
const KEPT_LINES = 200;

/** No session at all. */
export const nothing: Given = () => Promise.resolve(undefined);

/** A session whose driver has not answered yet, made as in the exchange of that name or like the session that it shows. */
export function starting(like = SPARK): Given {
  return async ({ call }) => {
    const { request, body } = readCapture(like);
    const creation = request.method === 'POST' ? request.body : creationOf(body);
    const answer = await call('POST', '/sessions', creation ?? '');
    assert.equal(answer.status, 201, JSON.stringify(answer));
    return (answer.body as { id: number }).id;
  };
}

/** The request that would have created the session of a view. */
function creationOf(view: string): string {
  const { kind, name, conf, idleTimeout } = JSON.parse(view) as Readonly<Record<string, unknown>>;
  return JSON.stringify({ kind, name, conf, idleTimeout });
}

/** A session that takes statements, with a full log. */
export function idle(like = SPARK): Given {
  return async fixture => {
    const id = await starting(like)(fixture);
    const { events } = fixture.drivers.last;
    for (let line = 0; line < KEPT_LINES; line += 1) events.log('stderr', `line ${line}`);
    events.ready('local-1');
    return id;
  };
}

/** The session's driver has then ended by itself. */
export function died(given: Given): Given {
  return async fixture => {
    const id = await given(fixture);
    fixture.drivers.last.events.ended('it has ended');
    return id;
  };
}

/** Then one more request. */
export function then(given: Given, method: 'POST' | 'DELETE', path = '', body?: unknown): Given {
  return async fixture => {
    const id = await given(fixture);
    const answer = await fixture.call(method, `/sessions/${id ?? ''}${path}`, body);
    assert.ok(answer.status < 300, JSON.stringify(answer));
    return id;
  };
}

/** Statements, posted one after another; the first runs, the others wait. */
export function posted(given: Given, ...codes: readonly string[]): Given {
  return codes.reduce(
    (before, code) => then(before, 'POST', '/statements', { code, kind: 'spark' }),
    given
  );
}

/** The running statement then ends. */
export function ended(given: Given): Given {
  return async fixture => {
    const id = await given(fixture);
    fixture.drivers.last.finish('');
    return id;
  };
}

/** The running statement has just failed, and the next one waits still. */
export function betweenTwo(given: Given): Given {
  return async fixture => {
    const id = await given(fixture);
    const { executed, events } = fixture.drivers.last;
    const output = {
      status: 'error',
      ename: 'Error',
      evalue: 'java.lang.RuntimeException: x',
      traceback: ['  at scala.sys.package$.error(package.scala:30)\n', '  ... 9 elided\n']
    };
    const running = executed.at(-1)?.id ?? -1;
    events.done(running, { state: 'available', output, completed: 1 });
    return id;
  };
}

/** So many statements that have run. */
export function ran(given: Given, count: number): Given {
  return Array.from({ length: count }).reduce<Given>(before => ended(posted(before, '1+1')), given);
}

/** A batch that was created as in the exchange of that name, from a file that is there. */
export function batch(created: string, file: string): Given {
  return async ({ call }) => {
    const request = JSON.parse(readCapture(created).request.body ?? '') as object;
    const answer = await call('POST', '/batches', { ...request, file });
    assert.equal(answer.status, 201, JSON.stringify(answer));
    return (answer.body as { id: number }).id;
  };
}

/** The batch has then run to its end, with these lines in its log. */
export function batchEnded(given: Given, status: number, lines: readonly string[]): Given {
  return async fixture => {
    const id = await given(fixture);
    const runner = fixture.runners.last;
    for (const line of lines) runner.events.log(line);
    runner.end(status);
    return id;
  };
}
