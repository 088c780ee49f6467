import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { NotebookRuntime } from '../../src/runtime/notebook/port.ts';
import type { ResultRow, StreamHandle } from '../../src/runtime/streams/port.ts';
import { kill, OwnStack } from './own-stack.ts';
import { SteadyWriter } from './steady-writer.ts';
import { collect, eventually, limit, quiet, untilCounts, wordCount } from './stream-fixture.ts';

const TOPIC = 'lines';

/** One stream of words through all deaths, written to all the time. */
describe('a stream that runs while a process is killed by signal 9', { timeout: 900_000 }, () => {
  let own: OwnStack;
  let notebook: NotebookRuntime;
  let stream: StreamHandle;
  let writer: SteadyWriter;
  let rows: ReadonlyMap<string, ResultRow>;

  before(async () => {
    own = await OwnStack.create();
    notebook = await own.notebook('kill-test');
    const { brokers } = await notebook.provisionLocal(quiet, limit());
    await (await notebook.kafka()).admin.createTopics([{ name: TOPIC, partitions: 2 }]);
    writer = new SteadyWriter(brokers, TOPIC);
    stream = await (await notebook.streams()).start(wordCount('words', TOPIC), quiet, limit());
    rows = collect(stream);
    await goesOn('first');
  });
  after(async () => {
    await writer.finish();
    await notebook.close();
    await own.remove();
  });

  /** Words that are written from now on arrive, and the stream says that it is live. */
  async function goesOn(word: string): Promise<void> {
    writer.mark(word);
    await eventually(
      () => `${word} is not counted: ${JSON.stringify(stream.status())}, ${writer.sent} lines`,
      () => [...rows.values()].some(({ row }) => row?.['word'] === word)
    );
    await eventually(
      () => JSON.stringify(stream.status()),
      () => stream.status().state === 'live'
    );
  }

  it('goes on after the Java machine of its session', async () => {
    await kill(await own.pidOf('org.apache.spark.deploy.SparkSubmit'));
    await goesOn('java');
  });

  it('goes on after the Python of its session', async () => {
    await kill(await own.pidOf('driver'));
    await goesOn('python');
  });

  it('goes on in the same session after the daemon of the stack', async () => {
    const session = await notebook.session();
    const { id } = await session.ensure(quiet, limit());
    const { endpoints } = notebook;
    assert.ok(endpoints !== null && endpoints.pid !== null);
    await kill(endpoints.pid);
    await goesOn('daemon');
    const again = await (await notebook.session()).ensure(quiet, limit());
    assert.equal(again.id, id);
    const { running, endpoints: now } = await own.stack.status();
    assert.ok(running && now?.id === endpoints.id && now.pid !== endpoints.pid);
  });

  it('goes on after the broker', async () => {
    await kill(await own.pidOf('kafka.Kafka'));
    await goesOn('broker');
  });

  it('has counted every word once', async () => {
    await untilCounts(rows, await writer.finish());
  });
});
