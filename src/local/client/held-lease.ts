import { RENEW_MS } from '../supervisor/leases.ts';
import type { StackRecord } from '../supervisor/records.ts';
import { StackHttp } from './stack-http.ts';

interface Held {
  readonly http: StackHttp;
  readonly token: string;
  id: string;
  readonly timer: NodeJS.Timeout;
}

/** The lease of this process on the running stack, renewed until it is given back. */
export class HeldLease {
  #held: Held | null = null;

  /** Takes a lease, unless one on this very stack is held and still good. */
  async take(record: StackRecord): Promise<void> {
    if (this.#held?.token === record.token) return this.#renew(this.#held);
    this.forget();
    const http = new StackHttp(record);
    const id = await http.lease();
    const timer = setInterval(() => void this.#renewQuietly(), RENEW_MS);
    timer.unref();
    this.#held = { http, token: record.token, id, timer };
  }

  /** A stack that is gone needs nothing back. */
  async giveBack(): Promise<void> {
    const held = this.#held;
    this.forget();
    if (held !== null) await held.http.giveBack(held.id).catch(() => undefined);
  }

  /** Ends the renewals without a word to the stack. */
  forget(): void {
    if (this.#held !== null) clearInterval(this.#held.timer);
    this.#held = null;
  }

  /** After a sleep of the machine the lease is lost, and another one is as good. */
  async #renew(held: Held): Promise<void> {
    if (!(await held.http.renew(held.id))) held.id = await held.http.lease();
  }

  /** A stack that does not answer is found or started again by the next `ensure`. */
  async #renewQuietly(): Promise<void> {
    if (this.#held !== null) await this.#renew(this.#held).catch(() => undefined);
  }
}
