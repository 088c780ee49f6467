import { z } from 'zod';

/** Time that a driver has to answer a completion, milliseconds: a person waits for it. */
const COMPLETION_MS = 10_000;
/** Time that Spark has to fetch a dependency, milliseconds. */
const DEPENDENCY_MS = 120_000;

interface Answer {
  readonly value?: unknown;
  readonly error?: string | undefined;
}

/** Questions to a driver that wait for their answers, by number. */
export class DriverQuestions {
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  #next = 0;

  /** Words of a completion; none when the answer is late, wrong or an error. */
  async words(ask: (request: number) => void): Promise<readonly string[]> {
    const { value } = await this.#ask(ask, COMPLETION_MS);
    return z.array(z.string()).safeParse(value).data ?? [];
  }

  /** Resolves when the driver has done what was asked; rejects with its reason. */
  async done(ask: (request: number) => void): Promise<void> {
    const { error } = await this.#ask(ask, DEPENDENCY_MS);
    if (error !== undefined) throw new Error(error);
  }

  answer(request: number, answer: Answer): void {
    this.#waiting.get(request)?.(answer);
  }

  /** Answers all that wait: the driver is gone. */
  end(reason: string): void {
    for (const answer of this.#waiting.values()) answer({ error: reason });
  }

  #ask(ask: (request: number) => void, limit: number): Promise<Answer> {
    const request = this.#next++;
    return new Promise(resolve => {
      const settle = (answer: Answer): void => {
        clearTimeout(timer);
        this.#waiting.delete(request);
        resolve(answer);
      };
      const late = `The session has not answered within ${limit / 1_000} s.`;
      const timer = setTimeout(() => settle({ error: late }), limit);
      timer.unref();
      this.#waiting.set(request, settle);
      ask(request);
    });
  }
}
