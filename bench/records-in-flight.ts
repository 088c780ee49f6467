/**
 * Matches records with the result rows that contain them. A row of a grouped stream says which record is
 * the newest behind it, so it answers every earlier record of its key that has not been answered yet.
 */
export class RecordsInFlight {
  /** Produce times by key, oldest first, and how many of them are answered. */
  readonly #sent = new Map<string, { readonly times: number[]; answered: number }>();

  sent(key: string, time: number): void {
    const entry = this.#sent.get(key);
    if (entry === undefined) this.#sent.set(key, { times: [time], answered: 0 });
    else entry.times.push(time);
  }

  /** Waiting times of the records that a row with this newest record answers. */
  answered(key: string, newest: number, receivedAt: number): readonly number[] {
    const entry = this.#sent.get(key);
    if (entry === undefined) return [];
    const from = entry.answered;
    while ((entry.times[entry.answered] ?? Infinity) <= newest) entry.answered += 1;
    return entry.times.slice(from, entry.answered).map(time => receivedAt - time);
  }

  get waiting(): number {
    return [...this.#sent.values()].reduce(
      (sum, { times, answered }) => sum + times.length - answered,
      0
    );
  }
}
