import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, it } from 'node:test';
import { gatewayFixture } from '../gateway-fixture.ts';

/** Sends the head and a part of a body over a real socket, and is gone. */
async function leaveHalfWay(url: string, path: string, body: string): Promise<void> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  const head = [
    `POST ${path} HTTP/1.1`,
    `Host: ${hostname}`,
    'Content-Type: application/json',
    `Content-Length: ${body.length + 100}`
  ];
  socket.write(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.resetAndDestroy());
  await once(socket, 'close');
}

describe('a client that is gone in the middle of a request', () => {
  it('creates nothing and runs nothing, and the next one is served', async () => {
    const { app, drivers, call, idleSession } = await gatewayFixture();
    const url = await app.listen({ host: '127.0.0.1', port: 0 });
    try {
      await idleSession();
      await leaveHalfWay(url, '/sessions', '{"kind":"pyspark","name":"half');
      await leaveHalfWay(url, '/sessions/0/statements', '{"code":"x = 1');
      const posted = await fetch(`${url}/sessions/0/statements`, {
        method: 'POST',
        body: JSON.stringify({ code: '1 + 1' })
      });
      assert.equal(posted.status, 201);
      assert.deepEqual(
        drivers.last.executed.map(({ code }) => code),
        ['1 + 1']
      );
      assert.equal(((await call('GET', '/sessions')).body as { total: number }).total, 1);
    } finally {
      await app.close();
    }
  });
});
