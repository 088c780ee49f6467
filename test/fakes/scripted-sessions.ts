import type { LivySession } from '../../src/runtime/livy/port.ts';
import {
  MAIN_SESSION,
  type NotebookSession,
  type NotebookSessions,
  type SessionSummary
} from '../../src/runtime/session-port.ts';
import type { OnProgress } from '../../src/runtime/stack-port.ts';
import { HeadraceError } from '../../src/shared/errors.ts';
import { MemoryBatches } from './memory-batches.ts';
import { ScriptedSession } from './scripted-session.ts';

/** The sessions of one notebook in memory, and whatever sessions of others a test adds. */
export class ScriptedSessions implements NotebookSessions {
  readonly batches = new MemoryBatches();
  readonly foreign: LivySession[] = [];
  readonly #named = new Map<string, ScriptedSession>();
  #current: ScriptedSession;

  constructor(main: ScriptedSession) {
    this.#named.set(MAIN_SESSION, main);
    this.#current = main;
  }

  get current(): NotebookSession {
    return this.#current;
  }

  named(name: string): ScriptedSession {
    const known = this.#named.get(name) ?? new ScriptedSession(name, this.#named.size + 1);
    this.#named.set(name, known);
    return known;
  }

  list(): Promise<readonly SessionSummary[]> {
    const own = [...this.#named.values()].flatMap(each =>
      each.current === null
        ? []
        : [{ session: each.current, shortName: each.name, isCurrent: each === this.#current }]
    );
    const others = this.foreign.map(session => ({ session, shortName: null, isCurrent: false }));
    return Promise.resolve([...own, ...others]);
  }

  async create(name: string, onProgress: OnProgress): Promise<NotebookSession> {
    const session = this.named(name);
    if (session.current !== null)
      throw new HeadraceError('HR_USAGE', `There is a session ${name} already`);
    await session.ensure(onProgress);
    return (this.#current = session);
  }

  use(name: string): Promise<NotebookSession> {
    return Promise.resolve((this.#current = this.named(name)));
  }

  async delete(name: string): Promise<void> {
    await this.#named.get(name)?.reset({ packages: [], conf: {} });
    if (name !== MAIN_SESSION) this.#named.delete(name);
    if (this.#current.name === name) this.#current = this.named(MAIN_SESSION);
  }
}
