import { randomUUID } from 'node:crypto';
import { HeadraceError } from '../../shared/errors.ts';
import { INTERNAL_TOPIC_PREFIX } from '../../shared/names.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { KafkaPort } from '../../runtime/kafka/port.ts';

export interface CanaryOptions {
  readonly clock: Clock;
  /** Aborted when the broker died, the time is over or nobody waits. */
  readonly signal: AbortSignal;
}

/** Between two looks at a broker that is about to start, milliseconds. */
const LOOK_MS = 150;

/**
 * Resolves when a record went through the broker: topic made, record acknowledged and read back,
 * topic deleted. An open port proves none of these. Tries until the signal ends it.
 */
export async function sendCanary(kafka: KafkaPort, options: CanaryOptions): Promise<void> {
  await answering(kafka, options);
  const topic = `${INTERNAL_TOPIC_PREFIX}canary.${randomUUID()}`;
  await kafka.admin.createTopics([{ name: topic, partitions: 1 }], options.signal);
  try {
    await roundTrip(kafka, topic, options.signal);
  } finally {
    await kafka.admin.deleteTopics([topic], options.signal);
  }
}

async function roundTrip(kafka: KafkaPort, topic: string, signal: AbortSignal): Promise<void> {
  const value = randomUUID();
  const producer = await kafka.producer();
  try {
    await producer.send(topic, [{ key: 'canary', value }], signal);
  } finally {
    await producer.close();
  }
  const [read] = await kafka.peek(topic, 1, signal);
  if (read?.value !== value) {
    throw new HeadraceError('HR_BROKER_REFUSED', 'The broker lost a record that it acknowledged', {
      why: `read ${read === undefined ? 'nothing' : 'another record'} from ${topic}`,
      next: 'Run %provision down and %provision local again.'
    });
  }
}

async function answering(kafka: KafkaPort, { clock, signal }: CanaryOptions): Promise<void> {
  for (;;) {
    signal.throwIfAborted();
    const there = await kafka.admin.listTopics(signal).then(
      () => true,
      () => false
    );
    if (there) return;
    await clock.sleep(LOOK_MS, signal);
  }
}
