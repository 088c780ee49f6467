import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { gatewayFixture } from '../local/gateway/gateway-fixture.ts';
import { readCapture, readCaptures, type Capture } from './captures.ts';
import { deviations, type Answer, type Deviation } from './compare.ts';
import { expectedDeviations } from './differences.ts';
import { batchRows, OFFLINE, type OfflineRow } from './offline.ts';
import { SPARK_ONLY, SPARK_SESSIONS, statementRows } from './statements.ts';

/** A file that is there. */
const FILE = fileURLToPath(import.meta.url);

type Fixture = Awaited<ReturnType<typeof gatewayFixture>>;

/** The recorded path with the ids of this run; 99 is nobody's. */
function pathOf({ request }: Capture, id: number | undefined, statement?: number): string {
  const path =
    id === undefined
      ? request.path
      : request.path.replace(/^\/(sessions|batches)\/(?!99\b)\d+/, `/$1/${id}`);
  return statement === undefined
    ? path
    : path.replace(/\/statements\/\d+/, `/statements/${statement}`);
}

async function send({ app }: Fixture, request: Capture['request'], url: string): Promise<Answer> {
  const reply = await app.inject({
    method: request.method,
    url,
    headers: request.headers,
    ...(request.body === null ? {} : { payload: request.body })
  });
  const packed = reply.headers['content-encoding'] === 'gzip';
  return {
    status: reply.statusCode,
    headers: Object.fromEntries(
      Object.entries(reply.headers).map(([name, value]) => [name, String(value)])
    ),
    body: packed ? gunzipSync(reply.rawPayload).toString() : reply.body
  };
}

/** The recorded request, with a file that is there in the place of the recorded one. */
function requestOf({ request }: Capture, file: string | undefined): Capture['request'] {
  if (file === undefined) return request;
  const body = JSON.parse(request.body ?? '') as object;
  return { ...request, body: JSON.stringify({ ...body, file }) };
}

async function play({ name, given, statement, file }: OfflineRow): Promise<Deviation[]> {
  const capture = readCapture(name);
  // Only these were recorded from a server with CSRF protection and without the header.
  const fixture = await gatewayFixture({ requireRequestedBy: name.startsWith('csrf-') });
  const id = await given(fixture);
  const answer = await send(fixture, requestOf(capture, file), pathOf(capture, id, statement));
  await fixture.app.close();
  return deviations(capture, answer);
}

describe('the recorded exchanges', () => {
  it('are all played, here or with Spark', () => {
    const offline = [...OFFLINE, ...batchRows(FILE)].map(({ name }) => name);
    const numbers = Object.keys(SPARK_SESSIONS).map(Number);
    const statements = numbers.flatMap(statementRows).map(({ capture }) => capture.name);
    const played = [...offline, ...statements, ...SPARK_ONLY].sort();
    assert.deepEqual(played, [...readCaptures().keys()].sort());
  });
});

describe('the gateway answers as real Livy did', () => {
  for (const row of [...OFFLINE, ...batchRows(FILE)])
    it(row.name, async () => {
      const found = await play(row);
      assert.deepEqual(
        found.map(({ where }) => where).sort(),
        expectedDeviations(row.name),
        JSON.stringify(found, null, 2)
      );
    });
});
