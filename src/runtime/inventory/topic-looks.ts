import type { TopicItem } from '../../shared/inventory.ts';
import { isInternalTopic } from '../../shared/names.ts';
import type { Clock } from '../clock.ts';
import type { KafkaPort, PartitionRange } from '../kafka/port.ts';

/** Topics are looked at this often at the most, milliseconds. */
export const TOPICS_MS = 2_000;

/** The same where each look is a burden, milliseconds, and how long one may take. */
const FAR_TOPICS_MS = 10_000;
const FAR_LIMIT_MS = 30_000;

/** Records of a topic that came until a look at it. */
interface Mark {
  readonly end: bigint;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** Looks at the topics of one cluster that are not internal; rates are differences between two looks. */
export class TopicLooks {
  readonly #clock: Clock;
  readonly #max: number;
  #items: readonly TopicItem[] = [];
  #marks: ReadonlyMap<string, Mark> = new Map();
  #lookedAt = -Infinity;
  #refreshing = false;

  /** `max` is the number of topics that are looked at, the first ones by name. */
  constructor(clock: Clock, max: number) {
    this.#clock = clock;
    this.#max = max;
  }

  /** The topics by name; rejects where the broker does not answer. */
  async take(kafka: KafkaPort, signal: AbortSignal): Promise<readonly TopicItem[]> {
    const { distance } = kafka;
    const everyMs = distance === 'near' ? TOPICS_MS : FAR_TOPICS_MS;
    if (this.#clock.now() - this.#lookedAt < everyMs) return this.#items;
    if (distance === 'near') await this.#refresh(kafka, signal);
    else if (distance === 'far') this.#refreshLater(kafka);
    return this.#items;
  }

  /** Nobody waits so long: what is found is told by a later look. */
  #refreshLater(kafka: KafkaPort): void {
    if (this.#refreshing) return;
    this.#refreshing = true;
    this.#refresh(kafka, AbortSignal.timeout(FAR_LIMIT_MS))
      .catch(() => undefined)
      .finally(() => (this.#refreshing = false));
  }

  async #refresh(kafka: KafkaPort, signal: AbortSignal): Promise<void> {
    const all = await kafka.admin.listTopics(signal);
    const names = all.filter(name => !isInternalTopic(name)).toSorted();
    const ranges = await rangesOf(kafka, names.slice(0, this.#max), signal);
    signal.throwIfAborted();
    this.#look(ranges);
  }

  #look(ranges: ReadonlyMap<string, readonly PartitionRange[]>): void {
    const at = this.#clock.now();
    const marks = new Map<string, Mark>();
    const items: TopicItem[] = [];
    for (const [name, partitions] of ranges) {
      const mark = { end: partitions.reduce((sum, one) => sum + one.latest, 0n), at };
      const records = partitions.reduce((sum, one) => sum + one.latest - one.earliest, 0n);
      const rate = rateBetween(this.#marks.get(name), mark);
      marks.set(name, mark);
      items.push({ name, partitions: partitions.length, records: Number(records), rate });
    }
    this.#items = items;
    this.#marks = marks;
    this.#lookedAt = at;
  }
}

/** Records a second; none at the first look, and for a topic that was made anew in between. */
function rateBetween(before: Mark | undefined, now: Mark): number {
  if (before === undefined || now.end < before.end || now.at <= before.at) return 0;
  return (Number(now.end - before.end) * 1_000) / (now.at - before.at);
}

async function rangesOf(
  kafka: KafkaPort,
  names: readonly string[],
  signal: AbortSignal
): Promise<ReadonlyMap<string, readonly PartitionRange[]>> {
  if (names.length === 0) return new Map();
  const reader = await kafka.reader(names, signal);
  try {
    return new Map(
      names.map(name => [name, reader.partitions.filter(({ topic }) => topic === name)])
    );
  } finally {
    await reader.close();
  }
}
