import { DROP_MS, LEASE_MS, type ClientMessage } from '../../shared/live-protocol.ts';
import type { LiveComm } from './live-comm.ts';

/** First wait before a kernel is asked again for views that it does not know, doubled up to the last. */
const FIRST_ASK_AGAIN_MS = 1_000;
const LONGEST_ASK_AGAIN_MS = 8_000;

/** What a page wants of the kernel. */
export interface Wanted {
  readonly views: readonly string[];
  readonly inventory: boolean;
}

export function wantsNothing({ views, inventory }: Wanted): boolean {
  return views.length === 0 && !inventory;
}

/** What was said and heard on one comm, from its opening to its end. Times are epoch milliseconds. */
export class Talk {
  readonly openedAt: number;
  readonly #comm: LiveComm;
  #answered = false;
  #seq = 0;
  #told: Wanted | null = null;
  #toldAt: number;
  /** Since when an answer is due. */
  #askedAt: number | null = null;
  #unknown: ReadonlySet<string> = new Set();
  #askAgainAt = 0;
  #askAgainMs = FIRST_ASK_AGAIN_MS;

  constructor(comm: LiveComm, now: number) {
    this.#comm = comm;
    this.openedAt = now;
    this.#toldAt = now;
  }

  /** Whether the kernel has said anything yet. */
  get answered(): boolean {
    return this.#answered;
  }

  /** Number of the newest frame. */
  get seq(): number {
    return this.#seq;
  }

  /** Views that the page shows and the kernel does not know. */
  get unknown(): ReadonlySet<string> {
    return this.#unknown;
  }

  send(message: ClientMessage, now: number): void {
    this.#toldAt = now;
    this.#comm.send(message);
  }

  /** Says what the page wants, unless the kernel knows it. */
  watch(wanted: Wanted, tickMs: number, now: number): void {
    if (this.#told !== null && isSame(this.#told, wanted) && !this.#asksAgain(now)) return;
    this.#told = wanted;
    this.#askedAt ??= now;
    this.#askAgainAt = now + this.#askAgainMs;
    this.#askAgainMs = Math.min(LONGEST_ASK_AGAIN_MS, this.#askAgainMs * 2);
    this.send({ type: 'watch', ...wanted, views: [...wanted.views], tickMs }, now);
  }

  /** The next `watch` is said in any case; the kernel answers with the present states. */
  repeat(): void {
    this.#told = null;
  }

  /** Whether `watch` would say something. */
  isBehind(wanted: Wanted, now: number): boolean {
    return this.#told === null || !isSame(this.#told, wanted) || this.#asksAgain(now);
  }

  /** A message arrived that could be read. */
  hear(): void {
    this.#askedAt = null;
    this.#answered = true;
  }

  /** Whether a frame is newer than all before. */
  isNext(seq: number): boolean {
    if (seq <= this.#seq) return false;
    this.#seq = seq;
    return true;
  }

  hearUnknown(unknown: readonly string[]): void {
    if (unknown.length === 0) this.#askAgainMs = FIRST_ASK_AGAIN_MS;
    this.#unknown = new Set(unknown);
  }

  /** Whether a view was asked for. */
  wanted(id: string): boolean {
    return this.#told?.views.includes(id) ?? false;
  }

  /** Whether nobody is at the other end any more. */
  isDead(now: number): boolean {
    return this.#comm.isDisposed || (this.#askedAt !== null && now - this.#askedAt > LEASE_MS);
  }

  /** A kernel forgets a page that says nothing, as one that is hidden or asleep does. */
  isForgotten(now: number): boolean {
    return now - this.#toldAt > DROP_MS / 2;
  }

  dispose(): void {
    this.#comm.dispose();
  }

  #asksAgain(now: number): boolean {
    return this.#askedAt === null && this.#unknown.size > 0 && now >= this.#askAgainAt;
  }
}

function isSame(left: Wanted, right: Wanted): boolean {
  return left.inventory === right.inventory && left.views.join('\n') === right.views.join('\n');
}
