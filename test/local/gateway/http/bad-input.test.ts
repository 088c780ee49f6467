import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { deflateSync, gzipSync } from 'node:zlib';
import { gatewayFixture } from '../gateway-fixture.ts';

const MEGABYTE = 1024 * 1024;

/** A body that says how long it is and sends a part of it. */
function sendPart(port: number, part: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(
        `POST /sessions HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1000\r\n\r\n${part}`
      );
    });
    socket.on('data', chunk => (answer += chunk.toString()));
    socket.on('error', reject);
    socket.on('close', () => resolve(answer));
  });
}

describe('bad input', () => {
  let fixture: Awaited<ReturnType<typeof gatewayFixture>>;
  let url = '';
  before(async () => {
    fixture = await gatewayFixture();
    url = await fixture.app.listen({ host: '127.0.0.1', port: 0 });
    await fixture.idleSession({ kind: 'pyspark' });
  });
  after(() => fixture.app.close());

  async function post(path: string, body: string | Buffer, headers: Record<string, string> = {}) {
    const reply = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body
    });
    return { status: reply.status, body: await reply.json() };
  }

  it('of 60 MB is refused, and the next request is answered', async () => {
    const body = JSON.stringify({ code: 'x'.repeat(60 * MEGABYTE) });
    assert.deepEqual(await post('/sessions/0/statements', body), {
      status: 413,
      body: { msg: 'The request body is larger than 52428800 bytes.' }
    });
    assert.equal((await fetch(`${url}/sessions`)).status, 200);
  });

  it('of 60 MB in a small packet is refused as well', async () => {
    const packed = gzipSync(JSON.stringify({ code: 'x'.repeat(60 * MEGABYTE) }));
    const answer = await post('/sessions/0/statements', packed, { 'content-encoding': 'gzip' });
    assert.equal(answer.status, 413);
  });

  it('may be packed, and is refused when it is not what it says', async () => {
    const body = JSON.stringify({ code: '1' });
    for (const [encoding, packed] of [
      ['gzip', gzipSync(body)],
      ['deflate', deflateSync(body)]
    ] as const)
      assert.equal(
        (await post('/sessions/0/statements', packed, { 'content-encoding': encoding })).status,
        201
      );
    const wrong = await post('/sessions/0/statements', body, { 'content-encoding': 'gzip' });
    assert.equal(wrong.status, 400);
  });

  it('of 10 MB of code reaches the driver', async () => {
    const code = 'x'.repeat(10 * MEGABYTE);
    assert.equal((await post('/sessions/0/statements', JSON.stringify({ code }))).status, 201);
  });

  it('that is no UTF-8 is refused with the byte', async () => {
    const body = Buffer.concat([Buffer.from('{"code":"'), Buffer.from([0xff]), Buffer.from('"}')]);
    const answer = await post('/sessions/0/statements', body);
    assert.equal(answer.status, 400);
    assert.match(String(answer.body), /^Invalid UTF-8 start byte 0xff\n at \[Source: /);
  });

  it('that is nested without end is refused', async () => {
    const answer = await post('/sessions', `{"conf":${'['.repeat(MEGABYTE)}`);
    assert.equal(answer.status, 400);
    assert.match(String(answer.body), /nesting depth/);
  });

  it('that names a field of every object changes nothing', async () => {
    const answer = await post('/sessions', '{"__proto__":{"kind":"sql"}}');
    assert.equal(answer.status, 400);
    assert.match(String(answer.body), /^Unrecognized field "__proto__"/);
  });

  it('with an id that cannot be decoded is refused', async () => {
    const reply = await fetch(`${url}/sessions/%zz`);
    assert.equal(reply.status, 400);
  });

  it('with a name as long as a page is a name that nobody has', async () => {
    const name = 'n'.repeat(900);
    const reply = await fetch(`${url}/sessions/${name}`);
    assert.deepEqual(await reply.json(), { msg: `Session '${name}' not found.` });
  });

  it('that never ends is cut off, and harms nobody', async () => {
    const { app } = await gatewayFixture(
      {},
      { requestTimeout: 100, http: { headersTimeout: 100, connectionsCheckingInterval: 20 } }
    );
    const own = await app.listen({ host: '127.0.0.1', port: 0 });
    const slow = sendPart(Number(new URL(own).port), '{"kind":');
    assert.equal((await fetch(`${own}/sessions`)).status, 200);
    assert.match(await slow, /^HTTP\/1\.1 408 /);
    await app.close();
  });

  it('of one name at the same time makes one session', async () => {
    const body = JSON.stringify({ kind: 'pyspark', name: 'twice' });
    const answers = await Promise.all([post('/sessions', body), post('/sessions', body)]);
    assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 400]);
    const refused = answers.find(({ status }) => status === 400);
    assert.match(
      JSON.stringify(refused?.body),
      /Duplicate session name: Some\(twice\) for session/
    );
  });
});
