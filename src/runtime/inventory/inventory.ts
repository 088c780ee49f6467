import { HeadraceError } from '../../shared/errors.ts';
import type { Endable, Inventory, SessionItem, TopicItem } from '../../shared/inventory.ts';
import type { Clock } from '../clock.ts';
import type { AttachedParts, NotebookRuntime } from '../notebook/port.ts';
import { endProducer, endSession } from './ends.ts';
import {
  cut,
  cutToNewest,
  MAX_ITEMS,
  producerItem,
  sessionItems,
  streamItem,
  type ViewName
} from './items.ts';
import { Part } from './part.ts';
import { TopicLooks } from './topic-looks.ts';

/** What runs for one notebook, and how a page ends a part of it. */
export interface NotebookInventory {
  /**
   * Lists what runs; `views` are those that can be opened. It starts and attaches nothing and never rejects:
   * a part that fails, or does not answer within a second, is given as it was known last.
   */
  take(views: readonly ViewName[], signal: AbortSignal): Promise<Inventory>;
  /**
   * Ends one thing by name: a stream as `%stop` does, a producer after its records in flight, a session with
   * the streams in it. Rejects with the error that says why not.
   */
  end(what: Endable, name: string, signal: AbortSignal): Promise<void>;
}

export interface InventoryOptions {
  readonly runtime: NotebookRuntime;
  readonly clock: Clock;
}

/** The inventory of the notebook of one kernel. */
export function createInventory(options: InventoryOptions): NotebookInventory {
  return new RuntimeInventory(options);
}

class RuntimeInventory implements NotebookInventory {
  readonly #options: InventoryOptions;
  readonly #sessions: Part<SessionItem>;
  readonly #topics: Part<TopicItem>;
  #looks: TopicLooks;
  /** What the known parts are of. */
  #stackId: string | null = null;

  constructor(options: InventoryOptions) {
    const { clock } = options;
    this.#options = options;
    this.#sessions = new Part(clock);
    this.#topics = new Part(clock);
    this.#looks = new TopicLooks(clock, MAX_ITEMS);
  }

  async take(views: readonly ViewName[], signal: AbortSignal): Promise<Inventory> {
    const { runtime } = this.#options;
    this.#forgetOtherStack();
    const producers = cutToNewest(runtime.producers.list()).map(producerItem);
    const { attached } = runtime;
    if (attached === null) return { sessions: [], streams: [], topics: [], producers };
    const { kafka, sessions, streams } = attached;
    const looks = this.#looks;
    const [sessionList, topics] = await Promise.all([
      this.#sessions.look(signal, ended => sessionItems(sessions, ended)),
      this.#topics.look(signal, ended => looks.take(kafka, ended))
    ]);
    return {
      sessions: [...sessionList],
      streams: cutToNewest(streams.list()).map(stream => streamItem(stream, views)),
      topics: cut(topics),
      producers
    };
  }

  async end(what: Endable, name: string, signal: AbortSignal): Promise<void> {
    const { runtime } = this.#options;
    switch (what) {
      case 'stream':
        await this.#attached().streams.stop([name], { purge: false }, signal);
        return;
      case 'session':
        return endSession(this.#attached(), name, signal);
      case 'producer': {
        const run = runtime.producers.get(name);
        if (run !== undefined) await endProducer(run);
      }
    }
  }

  #attached(): AttachedParts {
    const { attached } = this.#options.runtime;
    if (attached !== null) return attached;
    throw new HeadraceError('HR_NOT_PROVISIONED', 'Nothing is attached to this notebook any more', {
      next: 'Run %provision local.'
    });
  }

  /** What was known of a stack that has ended says nothing about the next one. */
  #forgetOtherStack(): void {
    const id = this.#options.runtime.endpoints?.id ?? null;
    if (id === this.#stackId) return;
    this.#stackId = id;
    this.#sessions.forget();
    this.#topics.forget();
    this.#looks = new TopicLooks(this.#options.clock, MAX_ITEMS);
  }
}
