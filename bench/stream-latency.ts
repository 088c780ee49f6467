import { HeadraceError } from '../src/shared/errors.ts';
import type { StreamHandle } from '../src/runtime/streams/port.ts';
import { distribution } from './percentiles.ts';
import type { Distribution } from './percentiles.ts';
import { RecordsInFlight } from './records-in-flight.ts';
import { wordSource } from './word-source.ts';
import type { Workbench } from './workbench.ts';

export interface StreamLatency {
  readonly mode: 'real-time' | 'micro-batch';
  /** Produce to result row, every record after the warm-up, milliseconds. */
  readonly latency: Distribution;
  /** Records per second that the producer reached. */
  readonly rate: number;
}

/** The first batches compile code; they are no measure of what follows. */
const WARM_UP_SECONDS = 10;
/** A slow machine may need this long for its last records. */
const DRAIN_LIMIT_MS = 60_000;
const POLL_MS = 100;

/** Live word count at a steady rate in one pinned mode: waiting time of each single record. */
export async function measureStream(
  mode: StreamLatency['mode'],
  options: { readonly rate: number; readonly seconds: number },
  bench: Workbench
): Promise<StreamLatency> {
  const { kafka, streams, signal, clock, producers } = bench;
  const name = `bench_${mode.replace('-', '_')}`;
  await kafka.admin.createTopics([{ name, partitions: 2 }], signal);
  const stream = await streams.start(
    {
      name,
      sources: [{ topic: name, format: 'text' }],
      query: { kind: 'wordcount' },
      from: 'earliest',
      mode,
      maxRealTimeRate: Number.MAX_SAFE_INTEGER
    },
    () => undefined,
    signal
  );
  const inFlight = new RecordsInFlight();
  const waits: number[] = [];
  const startedAt = clock.now();
  stream.onRows(rows => {
    for (const { row, eventTime, receivedAt } of rows) {
      const word = row?.['word'];
      if (typeof word !== 'string' || eventTime === null) continue;
      const answered = inFlight.answered(word, eventTime, receivedAt);
      if (receivedAt - startedAt > WARM_UP_SECONDS * 1_000) waits.push(...answered);
    }
  });
  const source = wordSource({
    total: options.rate * (options.seconds + WARM_UP_SECONDS),
    clock,
    onWord: (word, time) => inFlight.sent(word, time)
  });
  const run = await producers.start({ name, topic: name, source, rate: options.rate });
  const { rate } = await run.finished;
  await drained(stream, inFlight, bench);
  await streams.stop([name], { purge: true }, signal);
  await kafka.admin.deleteTopics([name], signal);
  return { mode, latency: distribution(waits), rate };
}

/** Every record must be answered: a benchmark that loses some measures nothing. */
async function drained(
  stream: StreamHandle,
  inFlight: RecordsInFlight,
  { clock, signal }: Workbench
): Promise<void> {
  const deadline = clock.now() + DRAIN_LIMIT_MS;
  while (inFlight.waiting > 0) {
    const { state, reason } = stream.status();
    if (state === 'failed' || clock.now() > deadline)
      throw new HeadraceError('HR_STREAM_FAILED', `${inFlight.waiting} records have no result`, {
        why: reason
      });
    await clock.sleep(POLL_MS, signal);
  }
}
