import type { Session } from '@jupyterlab/services';

/**
 * A connection of our own to the kernel of a notebook that is not open on this page, or whose
 * connection takes no comms. Ending it leaves the kernel alone.
 */
export class OwnSession {
  readonly #sessions: Session.IManager;
  #session: Session.ISessionConnection | null = null;
  #looking = false;

  constructor(sessions: Session.IManager) {
    this.#sessions = sessions;
  }

  /** The connection, while there is one that is alive. */
  get current(): Session.ISessionConnection | null {
    return this.#session?.isDisposed === false ? this.#session : null;
  }

  /** Whether it is being looked for. */
  get isLooking(): boolean {
    return this.#looking;
  }

  /**
   * Connects to the session of a path; null where none runs, where there is or will be a connection already,
   * or where `isWanted` says at the end that it is not wanted any more.
   */
  async connect(path: string, isWanted: () => boolean): Promise<Session.ISessionConnection | null> {
    if (this.current !== null || this.#looking) return null;
    this.#looking = true;
    try {
      const model = await this.#sessions.findByPath(path);
      if (model === undefined || !isWanted()) return null;
      // Another connection of this page may have comms already; ours would then be left without.
      const kernelConnectionOptions = { handleComms: true };
      this.#session = this.#sessions.connectTo({ model, kernelConnectionOptions });
      return this.#session;
    } catch {
      return null;
    } finally {
      this.#looking = false;
    }
  }

  dispose(): void {
    this.#session?.dispose();
    this.#session = null;
  }
}
