import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { createLocalStack } from '../../src/local/client.ts';
import { headracePaths } from '../../src/local/paths.ts';
import { stackProcesses } from '../../src/local/supervisor/leftovers.ts';
import { lockHolder } from '../../src/local/supervisor/stack-lock.ts';
import { processStart } from '../../src/local/processes.ts';
import { systemClock } from '../../src/runtime/clock.ts';
import { createKafka } from '../../src/runtime/kafka/client.ts';
import type { StackEndpoints } from '../../src/runtime/stack-port.ts';

const DEADLINE_MS = 60_000;
const quiet = (): void => undefined;
const never = new AbortController().signal;

/** Waits until the condition holds, at most a minute. */
async function eventually(what: string, holds: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + DEADLINE_MS;
  while (!(await holds())) {
    assert.ok(Date.now() < end, `not in time: ${what}`);
    await systemClock.sleep(50);
  }
}

/** These tests start stacks of their own, in run folders of their own. */
describe('the life of a local stack', () => {
  let env: Record<string, string | undefined> = {};
  const paths = () => headracePaths(env);

  beforeEach(async () => {
    const run = await mkdtemp(path.join(os.tmpdir(), 'headrace-life-'));
    env = { ...process.env, HEADRACE_RUN: run };
  });
  afterEach(async () => {
    await createLocalStack({ env }).down(quiet, never);
    await rm(paths().run, { recursive: true, force: true });
  });

  async function assertNothingRuns(): Promise<void> {
    assert.deepEqual(await stackProcesses(paths()), []);
    assert.equal(await lockHolder(paths().lockFile), null);
  }

  async function withKafka<T>(
    stack: StackEndpoints,
    run: (kafka: ReturnType<typeof createKafka>) => Promise<T>
  ): Promise<T> {
    const kafka = createKafka({ brokers: stack.brokers });
    try {
      return await run(kafka);
    } finally {
      await kafka.close();
    }
  }

  async function keepRecord(kafka: ReturnType<typeof createKafka>): Promise<void> {
    await kafka.admin.createTopics([{ name: 'kept', partitions: 1 }]);
    const producer = await kafka.producer();
    await producer.send('kept', [{ value: 'acknowledged' }]);
    await producer.close();
  }

  it('is one for kernels that start at once, and ends whole when it is told to', async () => {
    const [first, second] = [createLocalStack({ env }), createLocalStack({ env })];
    assert.equal((await first.status()).running, false);
    const labels: string[] = [];
    const [one, other] = await Promise.all([
      first.ensure(step => void labels.push(step.label), never),
      second.ensure(quiet, never)
    ]);
    assert.deepEqual(one, other);
    assert.ok(labels.includes('local stack: start Kafka'));
    assert.deepEqual(await first.ensure(quiet, never), one);
    const status = await second.status();
    assert.equal(status.leases, 2);
    assert.deepEqual(
      status.parts.map(part => part.name),
      ['Kafka', 'Livy gateway']
    );
    await first.down(quiet, never);
    await assertNothingRuns();
    assert.equal(existsSync(paths().data), false);
    assert.equal(await processStart(one.pid), null);
  });

  it('is continued by a new daemon when its own was killed, on the broker that runs on', async () => {
    const stack = createLocalStack({ env });
    const before = await stack.ensure(quiet, never);
    await withKafka(before, kafka => keepRecord(kafka));
    const [broker] = await stackProcesses(paths());
    process.kill(before.pid, 'SIGKILL');
    await eventually('the daemon is gone', async () => (await processStart(before.pid)) === null);
    const { running, endpoints } = await stack.status();
    assert.deepEqual({ running, endpoints }, { running: false, endpoints: before });
    const after = await stack.ensure(quiet, never);
    assert.notEqual(after.pid, before.pid);
    assert.deepEqual({ ...after, pid: before.pid }, before);
    assert.equal((await stackProcesses(paths()))[0]?.pid, broker?.pid);
    await eventually('it is held once', async () => (await stack.status()).leases === 1);
    const [record] = await withKafka(after, kafka => kafka.peek('kept', 1));
    assert.equal(record?.value, 'acknowledged');
  });

  it('is continued without a word by who holds it, and not once it was ended on purpose', async () => {
    const [holder, other] = [createLocalStack({ env }), createLocalStack({ env })];
    const before = await holder.ensure(quiet, never);
    process.kill(before.pid, 'SIGKILL');
    await eventually('another daemon serves the stack', async () => {
      const { running, endpoints } = await other.status();
      return running && endpoints?.id === before.id && endpoints.pid !== before.pid;
    });
    await eventually('it is held again', async () => (await other.status()).leases === 1);
    await other.down(quiet, never);
    assert.equal((await other.status()).endpoints, null);
    const again = await other.ensure(quiet, never);
    assert.notEqual(again.id, before.id);
  });

  it('starts its broker anew on its data and address where that was killed as well', async () => {
    const stack = createLocalStack({ env });
    const before = await stack.ensure(quiet, never);
    await withKafka(before, kafka => keepRecord(kafka));
    const [broker] = await stackProcesses(paths());
    assert.ok(broker);
    process.kill(before.pid, 'SIGKILL');
    process.kill(broker.pid, 'SIGKILL');
    const after = await stack.ensure(quiet, never);
    assert.deepEqual({ ...after, pid: before.pid }, before);
    const [record] = await withKafka(after, kafka => kafka.peek('kept', 1));
    assert.equal(record?.value, 'acknowledged');
  });

  it('leaves nothing for long where nobody continues it', async () => {
    env = { ...env, HEADRACE_ORPHAN_SECONDS: '1' };
    const stack = createLocalStack({ env });
    const { pid } = await stack.ensure(quiet, never);
    await stack.release();
    process.kill(pid, 'SIGKILL');
    await eventually('the broker ends', async () => (await stackProcesses(paths())).length === 0);
  });

  it('ends with all it has when its broker was killed and cannot start again', async () => {
    const stack = createLocalStack({ env });
    const { pid } = await stack.ensure(quiet, never);
    await stack.release();
    await writeFile(path.join(paths().brokerData, 'meta.properties'), 'cluster.id=another');
    const [broker] = await stackProcesses(paths());
    assert.ok(broker);
    process.kill(broker.pid, 'SIGKILL');
    await eventually('the daemon ends', async () => (await processStart(pid)) === null);
    await assertNothingRuns();
    assert.equal((await stack.status()).endpoints, null);
    assert.match(await readFile(path.join(paths().logs, 'stack.log'), 'utf8'), /end: broker/);
  });

  it('takes a Spark session with it that still starts', async () => {
    const stack = createLocalStack({ env });
    const { livyUrl, livyToken } = await stack.ensure(quiet, never);
    const created = await fetch(`${livyUrl}/sessions`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${livyToken}`,
        'content-type': 'application/json',
        'x-requested-by': 'headrace'
      },
      body: JSON.stringify({ kind: 'pyspark' })
    });
    assert.equal(created.status, 201);
    await eventually('the driver and its Java run', async () => {
      const running = await stackProcesses(paths());
      return running.length >= 3;
    });
    await stack.down(quiet, never);
    await assertNothingRuns();
  });

  it('ends by itself when nobody has a lease any more', async () => {
    env = { ...env, HEADRACE_IDLE_SECONDS: '1' };
    const [first, second] = [createLocalStack({ env }), createLocalStack({ env })];
    const { pid } = await first.ensure(quiet, never);
    await second.ensure(quiet, never);
    await first.release();
    assert.equal((await second.status()).leases, 1);
    await second.release();
    await eventually('the daemon ends', async () => (await processStart(pid)) === null);
    await assertNothingRuns();
    assert.equal((await first.status()).running, false);
  });

  it('says so when the port that was asked for is taken', async () => {
    const server = createServer();
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    assert.ok(typeof address === 'object' && address !== null);
    env = { ...env, HEADRACE_KAFKA_PORT: String(address.port) };
    try {
      await assert.rejects(createLocalStack({ env }).ensure(quiet, never), {
        code: 'HR_PORT',
        message: `Port ${address.port} of this machine cannot be used for Kafka`
      });
    } finally {
      await new Promise(resolve => server.close(resolve));
    }
    await assertNothingRuns();
    const { brokers } = await createLocalStack({ env }).ensure(quiet, never);
    assert.deepEqual(brokers, [`127.0.0.1:${address.port}`]);
  });

  it('can be stopped while it starts', async () => {
    const stack = createLocalStack({ env });
    const ending = new AbortController();
    const starting = stack.ensure(step => {
      if (step.label === 'local stack: start Kafka') ending.abort();
    }, ending.signal);
    await assert.rejects(starting);
    await stack.down(quiet, never);
    await assertNothingRuns();
  });

  it('needs the set-up to have run', async () => {
    const home = path.join(paths().run, 'empty-home');
    const stack = createLocalStack({ env: { ...env, HEADRACE_HOME: home } });
    await assert.rejects(stack.ensure(quiet, never), {
      code: 'HR_PROCESS',
      next: 'Run npm start once.'
    });
  });
});
