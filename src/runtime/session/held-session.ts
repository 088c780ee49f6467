import { HeadraceError } from '../../shared/errors.ts';
import type { Clock } from '../clock.ts';
import type {
  LivyPort,
  LivySession,
  RunOptions,
  StatementKind,
  StatementOutput
} from '../livy/port.ts';
import { isEnded } from '../livy/session-state.ts';
import type { NotebookSession, SessionDependencies, SessionEnd } from '../session-port.ts';
import type { OnProgress } from '../stack-port.ts';
import { deadSession } from './session-start.ts';
import { untilEnded } from './session-watch.ts';

/** Reading why a session died may not take longer, milliseconds. */
const REASON_LIMIT_MS = 5_000;

/** A session while it is held: what is the same for every one, however it came about. */
export abstract class HeldSession implements NotebookSession {
  abstract readonly name: string;
  protected readonly livy: LivyPort;
  protected readonly clock: Clock;
  readonly #watchers = new Set<(end: SessionEnd) => void>();
  #current: LivySession | null = null;
  #watching: AbortController | null = null;

  constructor(livy: LivyPort, clock: Clock) {
    this.livy = livy;
    this.clock = clock;
  }

  get current(): LivySession | null {
    return this.#current;
  }

  abstract ensure(onProgress: OnProgress, signal: AbortSignal): Promise<LivySession>;
  abstract ensureQuietly(signal: AbortSignal): Promise<LivySession>;
  abstract find(signal: AbortSignal): Promise<LivySession | null>;
  abstract reset(dependencies: SessionDependencies, signal: AbortSignal): Promise<void>;
  /** Called once for each session that died. */
  protected abstract lost(): void;
  /** Seconds without a request after which the endpoint ends the session; 0 for never. */
  protected abstract get heartbeatSeconds(): number;

  async run(code: string, kind: StatementKind, options: RunOptions): Promise<StatementOutput> {
    const session = this.#current ?? (await this.ensureQuietly(options.signal));
    try {
      return await this.livy.run(session.id, code, kind, options);
    } catch (error) {
      if (!(error instanceof HeadraceError) || error.code !== 'HR_SESSION_DEAD') throw error;
      throw await this.#died(session.id, 'dead');
    }
  }

  async complete(
    code: string,
    kind: StatementKind,
    cursor: number,
    signal: AbortSignal
  ): Promise<readonly string[]> {
    if (this.#current === null) return [];
    return await this.livy.complete(this.#current.id, code, kind, cursor, signal).catch(() => []);
  }

  async log(lines: number, signal: AbortSignal): Promise<readonly string[]> {
    if (this.#current === null) return [];
    return await this.livy.sessionLog(this.#current.id, lines, signal);
  }

  watch(onEnd: (end: SessionEnd) => void): () => void {
    this.#watchers.add(onEnd);
    this.#lookAfter();
    return () => {
      this.#watchers.delete(onEnd);
      if (this.#watchers.size === 0) this.#lookAway();
    };
  }

  /** The session as the endpoint knows it, held where it has not ended. */
  protected async look(
    idOrName: number | string,
    signal: AbortSignal
  ): Promise<LivySession | null> {
    const session = await this.livy.getSession(idOrName, signal);
    return session === null || isEnded(session.state) ? null : this.hold(session);
  }

  /** Takes a session as the one that is held. */
  protected hold(session: LivySession): LivySession {
    if (session.id !== this.#current?.id) this.#lookAway();
    this.#current = session;
    this.#lookAfter();
    return session;
  }

  /** Lets a session go that was ended on purpose. */
  protected release(): void {
    this.#lookAway();
    this.#current = null;
    this.#tell({
      wanted: true,
      error: new HeadraceError('HR_SESSION_DEAD', 'Its Spark session was deleted')
    });
  }

  #lookAfter(): void {
    if (this.#current === null || this.#watchers.size === 0 || this.#watching !== null) return;
    this.#watching = new AbortController();
    void this.#untilDeath(this.#current.id, this.#watching.signal);
  }

  #lookAway(): void {
    this.#watching?.abort();
    this.#watching = null;
  }

  async #untilDeath(id: number, signal: AbortSignal): Promise<void> {
    const { livy, clock, heartbeatSeconds } = this;
    try {
      const state = await untilEnded({ livy, id, clock, heartbeatSeconds }, signal);
      if (!signal.aborted) await this.#died(id, state);
    } catch {
      // The watch was ended.
    }
  }

  /** The reason of a death, told to the watchers once. */
  async #died(id: number, state: string): Promise<HeadraceError> {
    const first = this.#current?.id === id;
    if (first) {
      this.#lookAway();
      this.#current = null;
      this.lost();
    }
    const limit = AbortSignal.timeout(REASON_LIMIT_MS);
    const error = await deadSession(this.livy, { id, state }, 'has ended', limit);
    if (first) this.#tell({ wanted: false, error });
    return error;
  }

  #tell(end: SessionEnd): void {
    for (const watcher of [...this.#watchers]) watcher(end);
  }
}
