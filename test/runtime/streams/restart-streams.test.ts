import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { z } from 'zod';
import type { ConsumedRecord } from '../../../src/runtime/kafka/port.ts';
import {
  BEAT_KEY,
  beatSchema,
  descriptorSchema,
  type Beat,
  type Descriptor
} from '../../../src/runtime/streams/messages.ts';
import { restartStreams } from '../../../src/runtime/streams/restart-streams.ts';
import { TailedStream } from '../../../src/runtime/streams/tailed-stream.ts';
import { topicsOf } from '../../../src/runtime/streams/topics.ts';
import { createViewModel } from '../../../src/runtime/views/create-view-model.ts';
import { HeadraceError } from '../../../src/shared/errors.ts';
import { ManualClock, settle } from '../../fakes/manual-clock.ts';
import { MemoryKafka } from '../../fakes/memory-kafka.ts';
import { wordBars } from '../../fakes/views.ts';

const file = new URL('../../../spark-jobs/tests/stream_messages.json', import.meta.url);
const messages = z
  .object({ descriptor: descriptorSchema, beat: beatSchema })
  .parse(JSON.parse(await readFile(file, 'utf8')));
const signal = new AbortController().signal;

/** A live stream whose records of the progress topic a test sends. */
async function scene() {
  const clock = new ManualClock();
  const kafka = new MemoryKafka();
  const { descriptor } = messages;
  const topics = topicsOf('nb', descriptor.spec.name);
  let arrive: (records: readonly ConsumedRecord[]) => void = () => undefined;
  kafka.tail = async function* () {
    for (;;) yield await new Promise<readonly ConsumedRecord[]>(resolve => (arrive = resolve));
  };
  const stopQuery = () => Promise.resolve();
  const { spec } = descriptor;
  const stream = new TailedStream({ descriptor, spec, topics, kafka, clock, stopQuery });
  await stream.open(signal);
  await settle();
  const beat = async (change: Partial<Beat>) => {
    const value = JSON.stringify({ ...messages.beat, at: clock.now(), ...change });
    const place = { topic: topics.progress, partition: 0, offset: 0n, timestamp: 0, headers: {} };
    arrive([{ ...place, key: BEAT_KEY, value }]);
    await settle();
  };
  await beat({});
  const model = createViewModel(wordBars, true);
  /** What the badge and the line of a view say. */
  const shown = () => {
    const { state, reason } = model.frame(stream.status()).status;
    return `${state}: ${reason}`;
  };
  let ended = false;
  void stream.ended.then(() => (ended = true));
  return { stream, beat, shown, hasEnded: () => ended };
}

const second = (): Promise<Descriptor> =>
  Promise.resolve({ ...messages.descriptor, run: 'second' });
const nothing = (): Promise<void> => Promise.resolve();

describe('streams over a wanted restart of their session', () => {
  it('go on for those who look at them, who are told why they wait', async () => {
    const { stream, beat, shown, hasEnded } = await scene();
    const during: string[] = [];
    const running: string[] = [];
    const restarted = await restartStreams({
      streams: [stream],
      stopQuery: async () => beat({ state: 'stopped', mode: null }),
      restartSession: () => Promise.resolve(during.push(shown())),
      startAgain: second,
      onRunning: ({ name }) => running.push(name)
    });
    assert.deepEqual(restarted, [{ name: 'counts', error: null }]);
    assert.deepEqual(running, ['counts']);
    assert.match(
      during[0] ?? '',
      /^starting: The Spark session is started again; the stream goes on/
    );
    await beat({ run: 'second' });
    assert.match(shown(), /^live: .* Started again with its session\.$/);
    assert.equal(hasEnded(), false);
    stream.close();
  });

  it('fail with the reason where a query does not start again', async () => {
    const { stream, shown } = await scene();
    const error = new HeadraceError('HR_STREAM_FAILED', 'The checkpoint is gone');
    const restarted = await restartStreams({
      streams: [stream],
      stopQuery: nothing,
      restartSession: nothing,
      startAgain: () => Promise.reject(error),
      onRunning: () => assert.fail('it does not run')
    });
    assert.deepEqual(restarted, [{ name: 'counts', error }]);
    assert.match(shown(), /^failed: It did not go on .*: The checkpoint is gone$/);
    await stream.ended;
  });

  it('fail with the reason where the session does not start', async () => {
    const { stream, shown } = await scene();
    const error = new HeadraceError('HR_SESSION_DEAD', 'No memory');
    const restarting = restartStreams({
      streams: [stream],
      stopQuery: nothing,
      restartSession: () => Promise.reject(error),
      startAgain: second,
      onRunning: () => assert.fail('it does not run')
    });
    await assert.rejects(restarting, error);
    assert.match(shown(), /^failed: Its session was not started again: No memory$/);
    await stream.ended;
  });
});
