import type { Timers } from '../../panels/timers.ts';
import type { ServerMessage } from '../../shared/live-protocol.ts';

/** How long an answer may take; a search of the newest records of a topic is the slowest. */
export const ANSWER_MS = 10_000;
/** Questions that may be open at once; a person asks one at a time. */
const MAX_OPEN = 32;

/** A message that answers a question of the page. */
export type Answer = Extract<ServerMessage, { type: 'past' | 'records' }>;

/** Why a question was not answered. */
export type NoAnswerReason = 'late' | 'lost' | 'unreadable' | 'too-many';

/** A question to the kernel that was not answered. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
  readonly reason: NoAnswerReason;

  constructor(reason: NoAnswerReason) {
    super(`The kernel did not answer: ${reason}`);
    this.reason = reason;
  }
}

interface Open {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (reason: NoAnswerReason) => void;
}

/** The questions that wait for an answer of the kernel. Each ends: with the answer, or as `NoAnswer`. */
export class Questions {
  readonly #timers: Pick<Timers, 'after'>;
  readonly #open = new Map<number, Open>();
  #last = 0;

  constructor(timers: Pick<Timers, 'after'>) {
    this.#timers = timers;
  }

  /** Asks by `send`, which is given the number that the answer will carry. */
  ask(send: (request: number) => void): Promise<Answer> {
    if (this.#open.size >= MAX_OPEN) return Promise.reject(new NoAnswer('too-many'));
    const request = ++this.#last;
    return new Promise((resolve, reject) => {
      const cancel = this.#timers.after(ANSWER_MS, () => this.fail(request, 'late'));
      const end = (): void => {
        cancel();
        this.#open.delete(request);
      };
      this.#open.set(request, {
        resolve: answer => {
          end();
          resolve(answer);
        },
        reject: reason => {
          end();
          reject(new NoAnswer(reason));
        }
      });
      send(request);
    });
  }

  /** Takes an answer; one that nobody waits for is left. */
  answer(answer: Answer): void {
    this.#open.get(answer.request)?.resolve(answer);
  }

  fail(request: number, reason: NoAnswerReason): void {
    this.#open.get(request)?.reject(reason);
  }

  /** The connection is gone, and every answer with it. */
  failAll(reason: NoAnswerReason): void {
    for (const open of [...this.#open.values()]) open.reject(reason);
  }
}
