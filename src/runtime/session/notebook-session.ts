import { HeadraceError } from '../../shared/errors.ts';
import type { Clock } from '../clock.ts';
import type { LivySession } from '../livy/port.ts';
import { isEnded } from '../livy/session-state.ts';
import { MAIN_SESSION, type NotebookSession, type SessionDependencies } from '../session-port.ts';
import type { OnProgress } from '../stack-port.ts';
import { HeldSession } from './held-session.ts';
import { livyName } from './session-names.ts';
import { sessionRequest, type SessionRequestOptions } from './session-request.ts';
import { canary, untilReady } from './session-start.ts';

/** Said once a session that held something was replaced. */
const LOST =
  'A new Spark session has started: variables and temporary views of the last one are lost, its streams go on from their checkpoints';

export interface NotebookSessionOptions extends SessionRequestOptions {
  /** Identity of the notebook; the session is named after it, so that a new kernel finds it again. */
  readonly notebook: string;
  /** Short name, `main` where absent. */
  readonly name?: string;
  readonly dependencies: SessionDependencies;
  readonly clock: Clock;
}

/** A Spark session of one notebook, created when it is first needed. */
export function createNotebookSession(options: NotebookSessionOptions): NotebookSession {
  return new OwnSession(options);
}

class OwnSession extends HeldSession {
  readonly name: string;
  readonly #options: NotebookSessionOptions;
  readonly #livyName: string;
  #dependencies: SessionDependencies;
  /** A session was lost, which the next `ensure` has to say. */
  #lost = false;
  #ensuring: Promise<LivySession> | null = null;

  constructor(options: NotebookSessionOptions) {
    super(options.livy, options.clock);
    this.name = options.name ?? MAIN_SESSION;
    this.#livyName = livyName(options.notebook, this.name);
    this.#options = options;
    this.#dependencies = options.dependencies;
  }

  async ensure(onProgress: OnProgress, signal: AbortSignal): Promise<LivySession> {
    const session = await this.#ensureOnce(onProgress, signal);
    if (this.#lost) onProgress({ label: LOST, fraction: null, notice: true });
    this.#lost = false;
    return session;
  }

  ensureQuietly(signal: AbortSignal): Promise<LivySession> {
    return this.#ensureOnce(() => undefined, signal);
  }

  find(signal: AbortSignal): Promise<LivySession | null> {
    return this.look(this.#livyName, signal);
  }

  async reset(dependencies: SessionDependencies, signal: AbortSignal): Promise<void> {
    const old = this.current ?? (await this.livy.getSession(this.#livyName, signal));
    this.#dependencies = dependencies;
    this.#lost = false;
    this.release();
    if (old !== null) await this.livy.deleteSession(old.id, signal);
  }

  protected lost(): void {
    this.#lost = true;
  }

  protected get heartbeatSeconds(): number {
    return this.#dependencies.resources?.heartbeatTimeoutInSecond ?? 0;
  }

  /** Calls at the same time share one start. */
  #ensureOnce(onProgress: OnProgress, signal: AbortSignal): Promise<LivySession> {
    this.#ensuring ??= this.#findOrStart(onProgress, signal).finally(() => (this.#ensuring = null));
    return this.#ensuring;
  }

  async #findOrStart(onProgress: OnProgress, signal: AbortSignal): Promise<LivySession> {
    const { livy, clock } = this;
    const known = await livy.getSession(this.#livyName, signal);
    const usable = known !== null && !isEnded(known.state);
    if (usable && this.current?.id === known.id) return this.hold(known);
    if (this.current !== null) this.lost();
    if (known !== null && !usable) await livy.deleteSession(known.id, signal);
    const begun = usable ? known : await this.#create(onProgress, signal);
    const session = await untilReady(livy, begun, clock, onProgress, signal);
    // A session that is busy has answered before; the canary would wait behind what it runs.
    if (session.state === 'idle') await canary(livy, session, signal);
    return this.hold(session);
  }

  async #create(onProgress: OnProgress, signal: AbortSignal): Promise<LivySession> {
    onProgress({ label: 'Starting Spark', fraction: null });
    const dependencies = this.#dependencies;
    const name = this.#livyName;
    const request = await sessionRequest(name, dependencies, this.#options, onProgress, signal);
    try {
      return await this.#onlyOne(await this.livy.createSession(request, signal), signal);
    } catch (error) {
      // Another kernel was faster, or the reply was lost on the way.
      const winner = await this.#afterRefusal(error, signal);
      if (winner === null) throw error;
      return winner;
    }
  }

  async #afterRefusal(error: unknown, signal: AbortSignal): Promise<LivySession | null> {
    const codes: readonly string[] = ['HR_LIVY_REFUSED', 'HR_LIVY_UNREACHABLE'];
    if (!(error instanceof HeadraceError) || !codes.includes(error.code)) return null;
    const found = await this.livy.getSession(this.#livyName, signal).catch(() => null);
    return found === null || isEnded(found.state) ? null : found;
  }

  /** Where names need not be unique, the oldest session of two that were created at once is kept. */
  async #onlyOne(created: LivySession, signal: AbortSignal): Promise<LivySession> {
    if ((await this.livy.capabilities(signal)).lookUpByName) return created;
    const same = (await this.livy.listSessions(signal)).filter(
      ({ name, state }) => name === this.#livyName && !isEnded(state)
    );
    const oldest = same.reduce((first, each) => (each.id < first.id ? each : first), created);
    if (oldest.id !== created.id) await this.livy.deleteSession(created.id, signal);
    return oldest;
  }
}
