import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gatewayFixture } from '../gateway-fixture.ts';

const TOKEN = 'token-that-is-secret';
const headers = {
  authorization: `Bearer ${TOKEN}`,
  'content-type': 'application/json',
  'x-requested-by': 'test'
};

async function loggedFixture() {
  const fixture = await gatewayFixture({ token: TOKEN });
  const send = (method: 'GET' | 'POST', url: string, body?: unknown) =>
    fixture.call(method, url, body, headers);
  const lines = () =>
    fixture.logged.map(line => JSON.parse(line) as Readonly<Record<string, unknown>>);
  return { ...fixture, send, lines };
}

describe('the log of requests', () => {
  it('has a line a change, with what happened and to which session', async () => {
    const { send, drivers, lines } = await loggedFixture();
    await send('POST', '/sessions', { kind: 'pyspark' });
    drivers.last.events.ready('local-1');
    await send('POST', '/sessions/0/statements?from=query', { code: '1' });
    const line = lines().at(-1);
    assert.equal(line?.['msg'], 'request');
    assert.deepEqual(
      [line['method'], line['path'], line['status'], line['session']],
      ['POST', '/sessions/0/statements', 201, '0']
    );
    assert.equal(typeof line['ms'], 'number');
    assert.match(String(line['time']), /^\d{4}-\d\d-\d\dT/);
  });

  it('has no line for a poll that was answered, and one for a refusal', async () => {
    const { send, logged } = await loggedFixture();
    await send('GET', '/sessions');
    assert.equal(logged.length, 0);
    await send('GET', '/sessions/7');
    assert.equal(logged.length, 1);
  });

  it('never has code, tokens, settings or query strings', async () => {
    const { send, drivers, logged } = await loggedFixture();
    await send('POST', '/sessions?doAs=secret-user', {
      kind: 'pyspark',
      conf: { 'spark.hadoop.fs.s3a.secret.key': 'secret-value' }
    });
    drivers.last.events.ready('local-1');
    await send('POST', '/sessions/0/statements', { code: 'secret-code' });
    await send('POST', '/sessions/0/statements', 'secret-code that is no JSON');
    await send('POST', '/batches', { file: '/nowhere/secret-file.py', args: ['secret-argument'] });
    assert.ok(logged.length >= 4);
    assert.doesNotMatch(logged.join(''), /secret/);
  });
});
