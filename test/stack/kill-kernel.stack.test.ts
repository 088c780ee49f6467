import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, describe, it } from 'node:test';
import { readEnvironment } from '../../src/local/environment.ts';
import { createKafka } from '../../src/runtime/kafka/client.ts';
import { notebookId } from '../../src/runtime/notebook/notebook-id.ts';
import { OwnStack } from './own-stack.ts';
import { SteadyWriter } from './steady-writer.ts';
import { limit, quiet } from './stream-fixture.ts';

const TOPIC = 'lines';

describe('a stream whose kernel is killed by signal 9', { timeout: 600_000 }, () => {
  let own: OwnStack;
  let writer: SteadyWriter;
  const name = (): string => path.join(own.paths.run, 'killed.ipynb');

  before(async () => {
    own = await OwnStack.create();
    const { brokers } = await own.stack.ensure(quiet, limit());
    const kafka = createKafka({ brokers });
    await kafka.admin.createTopics([{ name: TOPIC, partitions: 2 }]);
    await kafka.close();
    writer = new SteadyWriter(brokers, TOPIC);
  });
  after(async () => {
    await writer.finish();
    const ledger = `${notebookId({ JPY_SESSION_NAME: name() })}.json`;
    await rm(path.join(own.paths.home, 'notebooks', ledger), { force: true });
    await own.remove();
  });

  it('is live again in the next kernel, with every word counted once', async () => {
    const { python } = await readEnvironment(own.paths.environmentFile);
    const script = path.join(import.meta.dirname, '../kernel/kill_kernel.py');
    const kernels = spawn(python, [script, name(), TOPIC], {
      env: own.env,
      stdio: ['pipe', 'pipe', 'inherit']
    });
    const exit = once(kernels, 'exit');
    const lines: string[] = [];
    for await (const line of createInterface({ input: kernels.stdout })) {
      lines.push(line);
      if (line === 'killed') writer.mark('unwatched');
      if (line === 'live') kernels.stdin.write(`${JSON.stringify(await writer.finish())}\n`);
    }
    assert.deepEqual(await exit, [0, null]);
    assert.deepEqual(lines, ['killed', 'live']);
    assert.ok('unwatched' in (await writer.finish()));
  });
});
