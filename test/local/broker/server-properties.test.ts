import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { serverProperties } from '../../../src/local/broker/server-properties.ts';

function settings(data: string): Map<string, string> {
  const text = serverProperties({ data, port: 9092, controllerPort: 9093 });
  const lines = text.trimEnd().split('\n');
  return new Map(
    lines.map(line => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)])
  );
}

describe('serverProperties', () => {
  const broker = settings('/data/broker');

  it('listens on loopback only', () => {
    assert.equal(broker.get('listeners'), 'PLAINTEXT://127.0.0.1:9092,CONTROLLER://127.0.0.1:9093');
    assert.equal(broker.get('advertised.listeners'), 'PLAINTEXT://127.0.0.1:9092');
    assert.equal(broker.get('controller.quorum.voters'), '1@127.0.0.1:9093');
  });

  it('makes no topic that nobody asked for', () => {
    assert.equal(broker.get('auto.create.topics.enable'), 'false');
  });

  it('takes events of any time, which the default of one hour ahead would not', () => {
    const always = String(2n ** 63n - 1n);
    assert.equal(broker.get('log.message.timestamp.after.max.ms'), always);
    assert.equal(broker.get('log.message.timestamp.before.max.ms'), always);
  });

  it('needs one node for everything that is replicated', () => {
    const factors = [...broker].filter(([name]) => /replication\.factor$|min\.isr/.test(name));
    assert.deepEqual(new Set(factors.map(([, value]) => value)), new Set(['1']));
    assert.ok(factors.length >= 4);
  });

  it('keeps a backslash in a path', () => {
    assert.equal(settings('C:\\data').get('log.dirs'), 'C:\\\\data');
  });
});
