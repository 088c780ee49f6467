import { HeadraceError } from '../../shared/errors.ts';
import type { Clock } from '../clock.ts';
import type { LivyPort, LivySession } from '../livy/port.ts';
import type { NotebookSession } from '../session-port.ts';
import type { OnProgress } from '../stack-port.ts';
import { HeldSession } from './held-session.ts';
import { untilReady } from './session-start.ts';

const MARK = '@';

/** How a session of somebody else is called within a notebook, by its id at the endpoint. */
export function foreignName(id: number): string {
  return `${MARK}${id}`;
}

/** The id behind such a name, or null for any other name. */
export function foreignId(name: string): number | null {
  return /^@\d+$/.test(name) ? Number(name.slice(MARK.length)) : null;
}

/** A session that another notebook or program has created: it is used, and neither started nor reset. */
export function createForeignSession(livy: LivyPort, clock: Clock, id: number): NotebookSession {
  return new ForeignSession(livy, clock, id);
}

class ForeignSession extends HeldSession {
  readonly name: string;
  readonly #id: number;

  constructor(livy: LivyPort, clock: Clock, id: number) {
    super(livy, clock);
    this.#id = id;
    this.name = foreignName(id);
  }

  async ensure(onProgress: OnProgress, signal: AbortSignal): Promise<LivySession> {
    const session = await this.find(signal);
    if (session === null)
      throw new HeadraceError('HR_SESSION_NOT_FOUND', `The Spark session ${this.#id} has ended`, {
        next: 'Go back to your own with: %session use main.'
      });
    return this.hold(await untilReady(this.livy, session, this.clock, onProgress, signal));
  }

  find(signal: AbortSignal): Promise<LivySession | null> {
    return this.look(this.#id, signal);
  }

  ensureQuietly(signal: AbortSignal): Promise<LivySession> {
    return this.ensure(() => undefined, signal);
  }

  reset(): Promise<void> {
    return Promise.reject(
      new HeadraceError('HR_USAGE', `The Spark session ${this.#id} is not of this notebook`, {
        why: 'a reset would end what others run in it',
        next: 'Go back to your own with: %session use main.'
      })
    );
  }

  protected lost(): void {
    // The next `ensure` says that there is no such session any more.
  }

  protected get heartbeatSeconds(): number {
    return 0;
  }
}
