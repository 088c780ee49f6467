import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createRelayKafka } from '../../../src/runtime/relay/relay-kafka.ts';
import type {
  ClusterTopics,
  ClusterTopicsSettled
} from '../../../src/runtime/relay/cluster-topics.ts';
import type { TurnRequest } from '../../../src/runtime/relay/messages.ts';
import type { StatementOutput } from '../../../src/runtime/livy/port.ts';
import { failsWith } from '../../fakes/errors.ts';
import { MemoryLivy, text } from '../../fakes/memory-livy.ts';
import { VirtualClock } from '../../fakes/virtual-clock.ts';

const CALL = /^from headrace import relay as headrace_relay\nheadrace_relay\.turn\((.*)\)$/s;

/** A turn as the session gets it, or null for another statement. */
function turnOf(code: string): TurnRequest | null {
  const literal = CALL.exec(code)?.[1];
  return literal === undefined ? null : (JSON.parse(JSON.parse(literal) as string) as TurnRequest);
}

/** A Livy whose sessions answer calls with what `of` gives. */
function relaying(of: (op: string) => unknown): MemoryLivy {
  const livy = new MemoryLivy();
  livy.answer = code => {
    const turn = turnOf(code);
    if (turn === null) return text('42');
    const calls = Object.fromEntries(turn.calls.map(({ id, op }) => [id, { ok: of(op) }]));
    return text(`a line of somebody else\n${JSON.stringify({ ok: { calls, polls: {} } })}`);
  };
  return livy;
}

function open(livy: MemoryLivy, more: Partial<Parameters<typeof createRelayKafka>[0]> = {}) {
  const clock = new VirtualClock();
  const kafka = createRelayKafka({
    livy,
    clock,
    notebook: 'nb',
    brokers: ['b-1:9098'],
    kafkaOptions: { 'kafka.security.protocol': 'SASL_SSL' },
    resolvePackages: () => Promise.resolve([]),
    dependencies: { packages: [], conf: { 'spark.x': 'y' }, resources: { executorCores: 8 } },
    bring: () => Promise.resolve('bring'),
    ...more
  });
  return { kafka, clock };
}

describe('the session of the relay', () => {
  it('is small, named after the notebook, and there only when it is needed', async () => {
    const livy = relaying(() => ['words']);
    const { kafka } = open(livy);
    assert.equal(livy.created.length, 0);
    assert.deepEqual(await kafka.admin.listTopics(), ['words']);
    const session = livy.created.at(0);
    assert.equal(session?.name, 'headrace-nb-relay');
    assert.equal(session.executorCores, undefined);
    assert.equal(session.conf?.['spark.dynamicAllocation.minExecutors'], '0');
    assert.equal(session.conf['spark.x'], 'y');
    await kafka.admin.listTopics();
    await kafka.close();
    assert.deepEqual([livy.created.length, livy.deletedSessions], [1, [0]]);
  });

  it('is not looked for by a close when it was never used', async () => {
    const livy = relaying(() => []);
    await open(livy).kafka.close();
    assert.equal(livy.sessionLooks, 0);
  });

  it('is told how to log in with each turn', async () => {
    const livy = relaying(() => []);
    const { kafka } = open(livy);
    await kafka.admin.listTopics();
    const code = livy.statements.find(each => turnOf(each) !== null) ?? '';
    const turn = turnOf(code) as unknown as { readonly kafka: unknown };
    assert.deepEqual(turn.kafka, {
      brokers: 'b-1:9098',
      options: { 'kafka.security.protocol': 'SASL_SSL' }
    });
    await kafka.close();
  });

  it('is sent the code that it lacks, and then asked once more', async () => {
    const livy = relaying(() => []);
    const answer = livy.answer;
    const lacking: StatementOutput = {
      status: 'error',
      executionCount: 0,
      ename: 'ModuleNotFoundError',
      evalue: "No module named 'headrace'",
      traceback: []
    };
    livy.answer = code =>
      livy.statements.includes('bring') || turnOf(code) === null ? answer(code) : lacking;
    const { kafka } = open(livy);
    assert.deepEqual(await kafka.admin.listTopics(), []);
    await kafka.close();
  });

  it('that died while nobody asked is replaced before anything is sent', async () => {
    const livy = relaying(op => (op === 'send' ? { acknowledged: 1 } : []));
    const { kafka, clock } = open(livy);
    await kafka.admin.listTopics();
    livy.kill(0);
    await clock.sleep(60_000);
    const producer = await kafka.producer();
    await producer.send('words', [{ value: 'a' }]);
    assert.equal(livy.created.length, 2);
    await kafka.close();
  });

  it('says what it lacks', async () => {
    const livy = relaying(() => []);
    const failure = { code: 'HR_USAGE', message: 'Spark has no client of Kafka', next: 'Add it.' };
    const answer = livy.answer;
    livy.answer = code =>
      turnOf(code) === null ? answer(code) : text(JSON.stringify({ error: failure }));
    const { kafka } = open(livy);
    await assert.rejects(
      kafka.admin.listTopics(),
      failsWith('HR_USAGE', /^Spark has no client of Kafka\. Add it\.$/)
    );
    await kafka.close();
  });
});

describe('topics that a service makes', () => {
  it('are waited for until the brokers show them', async () => {
    const made: string[] = [];
    let looks = 0;
    const livy = relaying(() => ((looks += 1) > 3 ? made : []));
    const topics = (settled: ClusterTopicsSettled): ClusterTopics => ({
      async createTopics(specs, signal) {
        made.push(...specs.map(({ name }) => name));
        await settled(made, 'created', signal);
      },
      deleteTopics: () => Promise.resolve()
    });
    const { kafka } = open(livy, { topics });
    await kafka.admin.createTopics([{ name: 'words', partitions: 1 }]);
    assert.equal(looks, 4);
    await kafka.close();
  });

  it('that the brokers never show are told', async () => {
    const livy = relaying(() => []);
    const { kafka } = open(livy, {
      topics: settled => ({
        createTopics: (specs, signal) =>
          settled(
            specs.map(({ name }) => name),
            'created',
            signal
          ),
        deleteTopics: () => Promise.resolve()
      })
    });
    await assert.rejects(
      kafka.admin.createTopics([{ name: 'words', partitions: 1 }]),
      failsWith('HR_TIMEOUT', /words is not yet created/)
    );
    await kafka.close();
  });
});
