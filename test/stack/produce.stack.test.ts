import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, describe, it } from 'node:test';
import { createCellLanguage } from '../../src/magics/language.ts';
import { systemClock } from '../../src/runtime/clock.ts';
import { createKafka } from '../../src/runtime/kafka/client.ts';
import { createNotebookRuntime } from '../../src/runtime/notebook/notebook-runtime.ts';
import { endpointsOf } from '../../src/runtime/notebook/place.ts';
import type { NotebookRuntime } from '../../src/runtime/notebook/port.ts';
import { failsWith } from '../fakes/errors.ts';
import { CellDisplay } from '../fakes/cell-display.ts';
import { MemoryLedger } from '../fakes/memory-ledger.ts';
import { MemoryLivy } from '../fakes/memory-livy.ts';
import { MemoryNetwork } from '../fakes/memory-network.ts';
import { MemoryProfiles } from '../fakes/memory-profiles.ts';
import { MemoryStreams } from '../fakes/memory-streams.ts';
import { MemoryViews } from '../fakes/notebook.ts';
import { ScriptedSession } from '../fakes/scripted-session.ts';
import { ScriptedSessions } from '../fakes/scripted-sessions.ts';
import { testStack } from './endpoints.ts';

const LIMIT = { timeout: 60_000 };
const topic = `produce-test-${randomUUID()}`;
const endpoints = testStack();
const language = createCellLanguage();
const none = () => undefined;

/** A notebook on the real broker; these cells need no Spark. */
async function openNotebook(): Promise<NotebookRuntime> {
  const runtime = await createNotebookRuntime({
    ledger: new MemoryLedger('produce-test'),
    clock: systemClock,
    stack: {
      ensure: () => Promise.resolve(endpoints),
      status: () =>
        Promise.resolve({ running: true, endpoints, startedAt: null, leases: 1, parts: [] }),
      release: () => Promise.resolve(),
      down: () => Promise.resolve()
    },
    profiles: new MemoryProfiles(),
    network: new MemoryNetwork(),
    parts: {
      openKafka: ({ place }) =>
        Promise.resolve(
          createKafka({ brokers: endpointsOf(place).brokers, clientId: 'headrace-produce-test' })
        ),
      openLivy: () => new MemoryLivy(),
      openSessions: () => new ScriptedSessions(new ScriptedSession()),
      openStreams: () => new MemoryStreams()
    }
  });
  await runtime.provisionLocal(none, new AbortController().signal);
  return runtime;
}

const runtime = await openNotebook();
after(async () => {
  const { admin } = await runtime.kafka();
  if ((await admin.listTopics()).includes(topic)) await admin.deleteTopics([topic]);
  await runtime.close();
});

async function cell(code: string, signal = new AbortController().signal): Promise<CellDisplay> {
  const display = new CellDisplay();
  await language.execute(code, {
    runtime,
    display,
    views: new MemoryViews(),
    clock: systemClock,
    signal,
    interactive: false,
    cwd: process.cwd()
  });
  return display;
}

async function written(): Promise<bigint> {
  const { admin } = await runtime.kafka();
  const ends = (await admin.endOffsets([topic])).get(topic) ?? [];
  return ends.reduce((sum, end) => sum + end, 0n);
}

describe('producing with the magics', LIMIT, () => {
  it('makes a topic, fills it and looks into it', async () => {
    await cell(`%topic create ${topic} --partitions 2`);
    assert.match((await cell(`%topic create ${topic} --partitions 2`)).out, /already there/);
    await cell(`%%produce --topic ${topic} --key-separator :\na:to be\nb:or not`);
    const { text } = await cell(`%topic peek ${topic}`);
    assert.match(text, / a +to be\n/);
    assert.match(text, / b +or not\n/);
    assert.match(text, /The newest 2 records/);
  });

  it('writes every record of the clickstream once', async () => {
    const before = await written();
    const { text } = await cell(`%produce clickstream --topic ${topic} --count 30000 --seed 7`);
    assert.match(text, /^Produced 30,000 records to /);
    assert.equal((await written()) - before, 30_000n);
  });

  it('counts at an interrupt exactly what the broker has', async () => {
    const before = await written();
    const stop = new AbortController();
    const run = cell(
      `%produce clickstream --topic ${topic} --rate 200 --count 100000`,
      stop.signal
    );
    while ((await written()) - before < 50n) await systemClock.sleep(20);
    stop.abort();
    const error: unknown = await run.catch((reason: unknown) => reason);
    assert.ok(failsWith('HR_INTERRUPTED', /acknowledged records/)(error));
    const acknowledged = /after ([\d,]+) acknowledged/.exec(String(error))?.[1]?.replace(',', '');
    assert.equal(String((await written()) - before), acknowledged);
  });
});
