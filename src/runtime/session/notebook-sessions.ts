import { closest } from 'fastest-levenshtein';
import { HeadraceError } from '../../shared/errors.ts';
import type { BatchPort } from '../livy/batch-port.ts';
import type { LivySession } from '../livy/port.ts';
import {
  MAIN_SESSION,
  RELAY_SESSION,
  type NotebookSession,
  type NotebookSessions,
  type SessionSummary
} from '../session-port.ts';
import type { OnProgress } from '../stack-port.ts';
import { createForeignSession, foreignId, foreignName } from './foreign-session.ts';
import { createNotebookSession, type NotebookSessionOptions } from './notebook-session.ts';
import { requireShortName, shortNameOf } from './session-names.ts';

export type NotebookSessionsOptions = Omit<NotebookSessionOptions, 'name'>;

/** All sessions of one notebook; cells run in `main` at first. */
export function createNotebookSessions(options: NotebookSessionsOptions): NotebookSessions {
  return new Sessions(options);
}

class Sessions implements NotebookSessions {
  readonly batches: BatchPort;
  readonly #options: NotebookSessionsOptions;
  readonly #named = new Map<string, NotebookSession>();
  #current = MAIN_SESSION;

  constructor(options: NotebookSessionsOptions) {
    this.#options = options;
    this.batches = options.livy;
  }

  get current(): NotebookSession {
    return this.named(this.#current);
  }

  named(name: string): NotebookSession {
    const known = this.#named.get(name);
    if (known !== undefined) return known;
    const { livy, clock } = this.#options;
    const id = foreignId(name);
    const session =
      id === null
        ? createNotebookSession({ ...this.#options, name })
        : createForeignSession(livy, clock, id);
    this.#named.set(name, session);
    return session;
  }

  async list(signal: AbortSignal): Promise<readonly SessionSummary[]> {
    const sessions = await this.#options.livy.listSessions(signal);
    return sessions.map(session => ({
      session,
      shortName: this.#shortName(session),
      isCurrent: this.#nameOf(session) === this.#current
    }));
  }

  async create(
    name: string,
    onProgress: OnProgress,
    signal: AbortSignal
  ): Promise<NotebookSession> {
    requireShortName(name);
    if (name === RELAY_SESSION)
      throw new HeadraceError('HR_USAGE', `A session cannot be named ${name}`, {
        why: 'that is the one through which brokers are reached that do not answer here'
      });
    const taken = (await this.list(signal)).some(({ shortName }) => shortName === name);
    if (taken)
      throw new HeadraceError('HR_USAGE', `This notebook has a session named ${name} already`, {
        next: `Run cells in it with: %session use ${name}.`
      });
    const session = this.named(name);
    await session.ensure(onProgress, signal);
    this.#current = name;
    return session;
  }

  async use(nameOrId: string, signal: AbortSignal): Promise<NotebookSession> {
    if (nameOrId !== MAIN_SESSION) this.#current = this.#nameOf(await this.#find(nameOrId, signal));
    else this.#current = MAIN_SESSION;
    return this.current;
  }

  async delete(nameOrId: string, signal: AbortSignal): Promise<void> {
    const found = await this.#find(nameOrId, signal);
    const name = this.#nameOf(found);
    if (foreignId(name) === null) await this.named(name).reset(this.#options.dependencies, signal);
    else await this.#options.livy.deleteSession(found.id, signal);
    if (this.#current === name) this.#current = MAIN_SESSION;
    if (name !== MAIN_SESSION) this.#named.delete(name);
  }

  /** By short name first, then by name or id at the endpoint. */
  async #find(nameOrId: string, signal: AbortSignal): Promise<LivySession> {
    const sessions = await this.#options.livy.listSessions(signal);
    const matches: readonly ((session: LivySession) => boolean)[] = [
      session => this.#shortName(session) === nameOrId,
      ({ name }) => name === nameOrId,
      ({ id }) => [String(id), foreignName(id)].includes(nameOrId)
    ];
    for (const match of matches) {
      const found = sessions.findLast(match);
      if (found !== undefined) return found;
    }
    throw this.#unknown(nameOrId, sessions);
  }

  #unknown(nameOrId: string, sessions: readonly LivySession[]): HeadraceError {
    const known = sessions.map(each => this.#shortName(each) ?? each.name ?? String(each.id));
    return new HeadraceError('HR_SESSION_NOT_FOUND', `There is no Spark session ${nameOrId}`, {
      next: known.length === 0 ? 'None runs.' : `Did you mean ${closest(nameOrId, known)}?`
    });
  }

  #shortName({ name }: LivySession): string | null {
    return shortNameOf(this.#options.notebook, name);
  }

  #nameOf(session: LivySession): string {
    return this.#shortName(session) ?? foreignName(session.id);
  }
}
