import { RENEW_MS } from '../supervisor/leases.ts';
import type { StackRecord } from '../supervisor/records.ts';
import { StackHttp } from './stack-http.ts';

interface Held {
  readonly http: StackHttp;
  readonly record: StackRecord;
  id: string;
  readonly timer: NodeJS.Timeout;
}

/** The lease of this process on the running stack, renewed until it is given back. */
export class HeldLease {
  readonly #onGone: () => void;
  #held: Held | null = null;

  /** `onGone` is called at each renewal that the stack does not answer. */
  constructor(onGone: () => void) {
    this.#onGone = onGone;
  }

  /** Takes a lease, unless one on this very stack is held and still good. */
  async take(record: StackRecord): Promise<void> {
    const { token, url } = record;
    if (this.#held?.record.token === token && this.#held.record.url === url)
      return this.#renew(this.#held);
    const http = new StackHttp(record);
    const id = await http.lease();
    this.forget();
    const timer = setInterval(() => void this.#renewOrTell(), RENEW_MS);
    timer.unref();
    this.#held = { http, record, id, timer };
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

  async #renewOrTell(): Promise<void> {
    const held = this.#held;
    if (held === null) return;
    await this.#renew(held).catch(() => {
      if (this.#held === held) this.#onGone();
    });
  }
}
