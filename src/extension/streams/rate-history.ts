import type { Inventory } from '../../shared/inventory.ts';

/** Rates that are kept of each thing that runs: the last minute at one a second. */
const KEPT = 60;

/** The last rates of everything that one kernel lists, oldest first, records a second. */
export class RateHistory {
  #rates: ReadonlyMap<string, readonly number[]> = new Map();

  /** The rates of a thing, by `rateKey`; empty for one that is not listed. */
  of(key: string): readonly number[] {
    return this.#rates.get(key) ?? [];
  }

  /** Takes the present rates; what is not listed any more is forgotten. */
  note({ streams, topics, producers }: Inventory): void {
    const present = [
      ...streams.map(({ name, inputRate }) => [rateKey('stream', name), inputRate] as const),
      ...topics.map(({ name, rate }) => [rateKey('topic', name), rate] as const),
      ...producers.map(({ name, rate }) => [rateKey('producer', name), rate] as const)
    ];
    this.#rates = new Map(
      present.map(([key, rate]) => [key, [...this.of(key), Math.max(0, rate)].slice(-KEPT)])
    );
  }
}

/** Names are unique among things of one kind only. */
export function rateKey(kind: 'stream' | 'topic' | 'producer' | 'session', name: string): string {
  return `${kind} ${name}`;
}
