import type { BenchKind } from './contract.ts';
import type { FeedOrder } from './feed-worker.ts';

/** The page's end of the worker that makes messages. */
export class Feed {
  readonly #worker: Worker;
  #take: (text: string) => void = () => undefined;

  constructor(script: string) {
    this.#worker = new Worker(script);
    this.#worker.onmessage = ({ data }: MessageEvent<string>) => this.#take(data);
  }

  /** What each message holds from now on: kinds by id of view. */
  setViews(kinds: Readonly<Record<string, BenchKind>>): void {
    this.#order({ type: 'views', kinds });
  }

  /** The next message alone. */
  one(): Promise<string> {
    return new Promise(resolve => {
      this.#take = resolve;
      this.#order({ type: 'one' });
    });
  }

  /** Messages at a steady pace; the result ends them. */
  start(everyMs: number, take: (text: string) => void): () => void {
    this.#take = take;
    this.#order({ type: 'start', everyMs });
    return () => {
      this.#take = () => undefined;
      this.#order({ type: 'stop' });
    };
  }

  #order(order: FeedOrder): void {
    this.#worker.postMessage(order);
  }
}
