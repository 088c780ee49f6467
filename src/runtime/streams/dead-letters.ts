import type { ConsumedRecord } from '../kafka/port.ts';

/**
 * Counts dead letters, each input record once: after a restart Spark may write some of them again. A
 * source partition is read in order, so the highest offset seen of each is enough to tell.
 */
export class DeadLetterCount {
  readonly #highest = new Map<string, bigint>();
  #count = 0;

  get count(): number {
    return this.#count;
  }

  add(records: readonly ConsumedRecord[]): void {
    for (const { key } of records) {
      const place = /^(.*)-(\d+)$/.exec(key ?? '');
      const [, partition, offset] = place ?? [];
      if (partition === undefined || offset === undefined) continue;
      const highest = this.#highest.get(partition) ?? -1n;
      if (BigInt(offset) <= highest) continue;
      this.#highest.set(partition, BigInt(offset));
      this.#count++;
    }
  }
}
