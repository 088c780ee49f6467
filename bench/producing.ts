import path from 'node:path';
import { HeadraceError } from '../src/shared/errors.ts';
import { resolvePackages } from '../src/local/artifacts/packages.ts';
import { runProgram } from '../src/local/child.ts';
import { fixedSource } from './word-source.ts';
import type { Workbench } from './workbench.ts';

/** Records per second at one record size, both sides with all acknowledgements and two partitions. */
export interface ProduceRates {
  readonly bytes: number;
  readonly headrace: number;
  /** Kafka's own `ProducerPerformance`. */
  readonly kafkaTool: number;
}

/** Enough for some seconds of work, so that the warming up of either side weighs little. */
const RECORDS: Readonly<Record<number, number>> = { 100: 2_000_000, 1_000: 400_000 };
const TOOL = 'org.apache.kafka.tools.ProducerPerformance';

export async function measureProducing(bytes: number, bench: Workbench): Promise<ProduceRates> {
  const records = RECORDS[bytes] ?? 100_000;
  const headrace = await ownRate(bytes, records, bench);
  return { bytes, headrace, kafkaTool: await toolRate(bytes, records, bench) };
}

async function ownRate(bytes: number, records: number, bench: Workbench): Promise<number> {
  return withTopic(`own-${bytes}`, bench, async topic => {
    const source = fixedSource(records, bytes);
    const run = await bench.producers.start({ name: 'bench_rate', topic, source, rate: null });
    return (await run.finished).rate;
  });
}

async function toolRate(bytes: number, records: number, bench: Workbench): Promise<number> {
  const { environment, paths, signal, kafka } = bench;
  const { java, sparkHome, kafkaJars, kafkaVersion } = environment;
  const tools = await resolvePackages([`org.apache.kafka:kafka-tools:${kafkaVersion}`], {
    java,
    sparkHome,
    paths,
    onProgress: () => undefined,
    signal
  });
  return withTopic(`tool-${bytes}`, bench, async topic => {
    const end = await runProgram(
      java,
      [
        ...['-Xmx512m', '-cp', [path.join(kafkaJars, '*'), ...tools].join(path.delimiter), TOOL],
        ...['--topic', topic, '--num-records', String(records), '--record-size', String(bytes)],
        ...['--throughput', '-1'],
        ...['--producer-props', `bootstrap.servers=${kafka.brokers.join()}`, 'acks=all']
      ],
      { signal }
    );
    return parseToolRate(end.lines);
  });
}

/** Its last summary line: `1000000 records sent, 295000.1 records/sec (28.13 MB/sec), ...`. */
export function parseToolRate(lines: readonly string[]): number {
  const rate = lines
    .map(line => /^\d+ (?:.*)records sent, ([\d.]+) records\/sec/.exec(line)?.[1])
    .findLast(text => text !== undefined);
  if (rate === undefined)
    throw new HeadraceError('HR_PROCESS', 'The producer tool of Kafka gave no rate', {
      why: lines.at(-1) ?? 'it said nothing'
    });
  return Number(rate);
}

async function withTopic<T>(
  name: string,
  { kafka, signal }: Workbench,
  use: (topic: string) => Promise<T>
): Promise<T> {
  const topic = `bench-${name}`;
  await kafka.admin.createTopics([{ name: topic, partitions: 2 }], signal);
  try {
    return await use(topic);
  } finally {
    await kafka.admin.deleteTopics([topic], signal);
  }
}
