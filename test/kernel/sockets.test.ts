import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { Dealer, Subscriber } from 'zeromq';
import { endpoint, type ConnectionFile } from '../../src/kernel/connection-file.ts';
import { Session } from '../../src/kernel/session.ts';
import { KernelSockets } from '../../src/kernel/sockets.ts';
import {
  createSigner,
  decodeMessage,
  encodeMessage,
  type WireMessage
} from '../../src/kernel/wire.ts';
import { systemClock } from '../../src/runtime/clock.ts';
import { request } from '../fakes/requests.ts';

const sign = createSigner('secret', 'hmac-sha256');

interface Bound {
  readonly sockets: KernelSockets;
  readonly connection: ConnectionFile;
  readonly received: WireMessage[];
  readonly log: string[];
  /** Resolves when the sockets have been closed and nothing is served any more. */
  readonly served: Promise<void>;
}

/** Sockets of a kernel on Unix domain sockets in a folder of their own. */
async function bindSockets(context: TestContext): Promise<Bound> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'headrace-sockets-'));
  const connection = {
    transport: 'ipc' as const,
    ip: path.join(folder, 'kernel'),
    key: 'secret',
    signature_scheme: 'hmac-sha256',
    shell_port: 1,
    control_port: 2,
    iopub_port: 3,
    stdin_port: 4,
    hb_port: 5
  };
  const received: WireMessage[] = [];
  const log: string[] = [];
  const sockets = await KernelSockets.bind({
    connection,
    session: new Session(systemClock),
    log: line => log.push(line)
  });
  const served = sockets.serve((channel, message) => {
    received.push(message);
    sockets.reply(channel, 'kernel_info_reply', { status: 'ok' }, message);
  });
  context.after(async () => {
    sockets.close();
    await served;
    await rm(folder, { recursive: true, force: true });
  });
  return { sockets, connection, received, log, served };
}

function connectDealer(context: TestContext, address: string): Dealer {
  const dealer = new Dealer({ linger: 0 });
  dealer.connect(address);
  context.after(() => dealer.close());
  return dealer;
}

describe('kernel sockets', { timeout: 20_000 }, () => {
  it('answers the client that asked, signed, with its header as parent', async context => {
    const { connection } = await bindSockets(context);
    const dealer = connectDealer(context, endpoint(connection, connection.shell_port));
    const asked = { ...request('kernel_info_request', {}, 'q'), identities: [] };
    await dealer.send(encodeMessage(asked, sign));
    const decoded = decodeMessage(await dealer.receive(), sign);
    assert.ok(decoded.ok);
    assert.equal(decoded.message.header.msg_type, 'kernel_info_reply');
    assert.deepEqual(decoded.message.parent, asked.header);
  });

  it('refuses a wrong signature and goes on serving', async context => {
    const { connection, received, log } = await bindSockets(context);
    const dealer = connectDealer(context, endpoint(connection, connection.control_port));
    const asked = { ...request('kernel_info_request', {}, 'q'), identities: [] };
    await dealer.send(encodeMessage(asked, createSigner('wrong', 'hmac-sha256')));
    await dealer.send(encodeMessage(asked, sign));
    await dealer.receive();
    assert.equal(received.length, 1);
    assert.deepEqual(log, ['A message on control was refused: the signature is wrong']);
  });

  it('welcomes every subscriber, and keeps the order of broadcasts', async context => {
    const { sockets, connection } = await bindSockets(context);
    for (const topic of ['', 'stream']) {
      const subscriber = new Subscriber({ linger: 0 });
      context.after(() => subscriber.close());
      subscriber.connect(endpoint(connection, connection.iopub_port));
      subscriber.subscribe(topic);
      const welcome = decodeMessage(await subscriber.receive(), sign);
      assert.ok(welcome.ok);
      assert.equal(welcome.message.header.msg_type, 'iopub_welcome');
      assert.deepEqual(welcome.message.content, { subscription: topic });
      const numbers = Array.from({ length: 100 }, (_, index) => index);
      for (const text of numbers) sockets.publish('stream', { text }, null);
      const seen: unknown[] = [];
      while (seen.length < numbers.length) {
        const decoded = decodeMessage(await subscriber.receive(), sign);
        assert.ok(decoded.ok);
        seen.push(decoded.message.content.text);
      }
      assert.deepEqual(seen, numbers);
    }
  });

  it('echoes heartbeats', async context => {
    const { connection } = await bindSockets(context);
    const dealer = connectDealer(context, endpoint(connection, connection.hb_port));
    await dealer.send(['', 'ping']);
    const frames = await dealer.receive();
    assert.deepEqual(frames.map(String), ['', 'ping']);
  });

  it('ends in good order among heartbeats', async context => {
    const { sockets, connection, log, served } = await bindSockets(context);
    const dealer = connectDealer(context, endpoint(connection, connection.hb_port));
    for (let beat = 0; beat < 200; beat += 1) await dealer.send(['', String(beat)]);
    await dealer.receive();
    sockets.close();
    await served;
    assert.deepEqual(log, []);
  });

  it('says which ports it could not take', async context => {
    const { connection } = await bindSockets(context);
    const taken = { ...connection, transport: 'tcp' as const, ip: '256.0.0.1' };
    await assert.rejects(
      KernelSockets.bind({
        connection: taken,
        session: new Session(systemClock),
        log: () => undefined
      }),
      { code: 'HR_PORT' }
    );
  });
});
