import { randomUUID } from 'node:crypto';
import type { Clock } from '../../runtime/clock.ts';

/** A lease that was not renewed for this long is lost, milliseconds. */
export const LEASE_MS = 40_000;
/** How often a client renews, milliseconds; so soon it notices that the stack was killed. */
export const RENEW_MS = 3_000;

/** Who needs the stack. It is in use while one lease lives. */
export class LeaseBook {
  readonly #clock: Clock;
  readonly #ends = new Map<string, number>();
  #idleSince: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#idleSince = clock.now();
  }

  /** Gives a new lease and returns its id. */
  create(): string {
    const id = randomUUID();
    this.#ends.set(id, this.#clock.now() + LEASE_MS);
    return id;
  }

  /** False when the lease is unknown or lost: the client must ask for a new one. */
  renew(id: string): boolean {
    this.#expire();
    if (!this.#ends.has(id)) return false;
    this.#ends.set(id, this.#clock.now() + LEASE_MS);
    return true;
  }

  /** Gives a lease back; an unknown one is no error. */
  remove(id: string): void {
    this.#forget(id);
    this.#expire();
  }

  count(): number {
    this.#expire();
    return this.#ends.size;
  }

  /**
   * For how long nobody has had a lease, milliseconds; 0 while one lives. Counted from the moment the
   * loss was seen, so that clients can come back after the machine has slept.
   */
  idleMs(): number {
    return this.count() > 0 ? 0 : this.#clock.now() - this.#idleSince;
  }

  #expire(): void {
    const now = this.#clock.now();
    for (const [id, end] of this.#ends) if (end <= now) this.#forget(id);
  }

  #forget(id: string): void {
    if (this.#ends.delete(id) && this.#ends.size === 0) this.#idleSince = this.#clock.now();
  }
}
