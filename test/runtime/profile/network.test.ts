import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { describe, it } from 'node:test';
import { createNetworkProbes } from '../../../src/runtime/profile/doctor/network.ts';
import { failsWith } from '../../fakes/errors.ts';

const probes = createNetworkProbes();

/** A port of this machine that answers until the test ends it. */
async function openPort() {
  const server = createServer(socket => void socket.resume());
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  assert.ok(address !== null && typeof address === 'object');
  const close = () => new Promise<void>(resolve => void server.close(() => resolve()));
  return { port: address.port, close };
}

describe('the network of this machine', () => {
  it('connects to a port that is open, and not to one that is shut', async () => {
    const { signal } = new AbortController();
    const { port, close } = await openPort();
    await probes.connect('127.0.0.1', port, signal);
    await close();
    await assert.rejects(probes.connect('127.0.0.1', port, signal), { code: 'ECONNREFUSED' });
  });

  it('gives up when it is told to', async () => {
    const { port, close } = await openPort();
    await assert.rejects(
      probes.connect('127.0.0.1', port, AbortSignal.abort()),
      failsWith('HR_INTERRUPTED', /a connection to 127\.0\.0\.1/)
    );
    await close();
  });

  it('knows the addresses of a name', async () => {
    const { signal } = new AbortController();
    assert.deepEqual(await probes.lookup('127.0.0.1', signal), ['127.0.0.1']);
  });
});
