import type { Session } from '@jupyterlab/services';

interface Connection {
  readonly isDisposed: boolean;
  dispose(): void;
}

/** The connections of this page to the sessions of the server; JupyterLab's session manager fits. */
export interface SessionFinder<S> {
  findByPath(path: string): Promise<Session.IModel | undefined>;
  connectTo(options: {
    model: Session.IModel;
    kernelConnectionOptions: { handleComms: boolean };
  }): S;
}

/**
 * A connection of our own to the kernel of a notebook that is not open on this page, or whose
 * connection takes no comms. Ending it leaves the kernel alone.
 */
export class OwnSession<S extends Connection = Session.ISessionConnection> {
  readonly #sessions: SessionFinder<S>;
  #session: S | null = null;
  #looking = false;

  constructor(sessions: SessionFinder<S>) {
    this.#sessions = sessions;
  }

  /** The connection, while there is one that is alive. */
  get current(): S | null {
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
  async connect(path: string, isWanted: () => boolean): Promise<S | null> {
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
