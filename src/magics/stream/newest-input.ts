import type { KafkaPort } from '../../runtime/kafka/port.ts';
import type { StreamSpec } from '../../runtime/streams/port.ts';

/** Time of the newest record in the topics of a stream, epoch milliseconds; null where they are empty. */
export async function newestInputTime(
  kafka: KafkaPort,
  { sources }: StreamSpec,
  signal: AbortSignal
): Promise<number | null> {
  const last = await Promise.all(sources.map(({ topic }) => kafka.peek(topic, 1, signal)));
  const times = last.flat().map(record => record.timestamp);
  return times.length === 0 ? null : Math.max(...times);
}
