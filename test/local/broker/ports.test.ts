import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { describe, it } from 'node:test';
import { freePorts, requireFree } from '../../../src/local/broker/ports.ts';

describe('ports', () => {
  it('are different and free', async () => {
    const ports = await freePorts(5);
    assert.equal(new Set(ports).size, 5);
    for (const port of ports) await requireFree(port, 'HEADRACE_KAFKA_PORT');
  });

  it('that are taken are told with the setting that asked for them', async () => {
    const server = createServer();
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    assert.ok(typeof address === 'object' && address !== null);
    try {
      await assert.rejects(requireFree(address.port, 'HEADRACE_KAFKA_PORT'), {
        code: 'HR_PORT',
        message: `Port ${address.port} of this machine cannot be used for Kafka`,
        why: 'HEADRACE_KAFKA_PORT asks for it and another program has it'
      });
    } finally {
      await new Promise(resolve => server.close(resolve));
    }
  });
});
