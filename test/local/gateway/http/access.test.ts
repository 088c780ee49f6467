import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fastify from 'fastify';
import { guardAccess, isLoopbackHost } from '../../../../src/local/gateway/http/access.ts';

const TOKEN = 'a-token';

async function guarded() {
  const app = fastify();
  guardAccess(app, TOKEN);
  app.get('/', () => 'in');
  await app.ready();
  return (headers: Record<string, string>) =>
    app.inject({ url: '/', headers: { host: '127.0.0.1:1', ...headers } });
}

const basic = (credentials: string): string =>
  `Basic ${Buffer.from(credentials).toString('base64')}`;

describe('guardAccess', () => {
  for (const [what, authorization] of [
    ['a bearer token', `Bearer ${TOKEN}`],
    ['the token as password', basic(`anyone:${TOKEN}`)],
    ['the token as password of nobody', basic(`:${TOKEN}`)],
    ['a scheme in other letters', `bearer ${TOKEN}`]
  ] as const)
    it(`takes ${what}`, async () => {
      const call = await guarded();
      assert.equal((await call({ authorization })).statusCode, 200);
    });

  for (const [what, authorization] of [
    ['nothing', ''],
    ['a wrong token', 'Bearer wrong'],
    ['the token as user name', basic(`${TOKEN}:`)],
    ['another scheme', `Digest ${TOKEN}`],
    ['the bare token', TOKEN]
  ] as const)
    it(`refuses ${what}, and asks for a user name and a password`, async () => {
      const call = await guarded();
      const answer = await call({ authorization });
      assert.equal(answer.statusCode, 401);
      assert.match(String(answer.headers['www-authenticate']), /^Basic realm=/);
      assert.deepEqual(answer.json(), { msg: 'Refused: the token is missing or wrong.' });
    });

  it('refuses a foreign host name before it looks at the token', async () => {
    const call = await guarded();
    const answer = await call({ host: 'evil.example', authorization: `Bearer ${TOKEN}` });
    assert.equal(answer.statusCode, 403);
  });
});

describe('isLoopbackHost', () => {
  it('knows the names of this machine only', () => {
    const good = ['127.0.0.1', '127.0.0.1:80', 'localhost:9', '[::1]:1'];
    const bad = [undefined, '', 'evil.example', '127.0.0.1.evil.example', 'localhost:', '10.0.0.1'];
    assert.deepEqual(
      good.filter(host => !isLoopbackHost(host)),
      []
    );
    assert.deepEqual(bad.filter(isLoopbackHost), []);
  });
});
