import { HeadraceError } from '../../shared/errors.ts';
import type { Clock } from '../clock.ts';
import type {
  LivyPort,
  LivySession,
  SessionRequest,
  StatementKind,
  StatementOutput
} from '../livy/port.ts';
import type { RunOptions } from '../livy/statement-run.ts';
import type { NotebookSession, SessionDependencies } from '../session-port.ts';
import type { OnProgress } from '../stack-port.ts';
import { canary, deadSession, hasEnded, untilReady } from './session-start.ts';

/** Said once a session that held something was replaced. */
const LOST =
  'A new Spark session has started: temporary views, variables and streams of the last one are lost';

export interface NotebookSessionOptions {
  readonly livy: LivyPort;
  /** Identity of the notebook; the session is named after it, so that a new kernel finds it again. */
  readonly notebook: string;
  readonly dependencies: SessionDependencies;
  /** Local jars of Maven coordinates with all that they need. */
  readonly resolvePackages: (
    packages: readonly string[],
    onProgress: OnProgress,
    signal: AbortSignal
  ) => Promise<readonly string[]>;
  readonly clock: Clock;
  /** Folder that relative paths in cells start from, on an endpoint that shares our files. */
  readonly workingDirectory?: string;
}

/** The Spark session of one notebook. */
export function createNotebookSession(options: NotebookSessionOptions): NotebookSession {
  return new OneSession(options);
}

class OneSession implements NotebookSession {
  readonly name = 'main';
  readonly #options: NotebookSessionOptions;
  #dependencies: SessionDependencies;
  #current: LivySession | null = null;
  /** A session was lost, which the next `ensure` has to say. */
  #lost = false;
  #ensuring: Promise<LivySession> | null = null;

  constructor(options: NotebookSessionOptions) {
    this.#options = options;
    this.#dependencies = options.dependencies;
  }

  get current(): LivySession | null {
    return this.#current;
  }

  /** Calls at the same time share one start. */
  ensure(onProgress: OnProgress, signal: AbortSignal): Promise<LivySession> {
    this.#ensuring ??= this.#ensure(onProgress, signal).finally(() => (this.#ensuring = null));
    return this.#ensuring;
  }

  async run(code: string, kind: StatementKind, options: RunOptions): Promise<StatementOutput> {
    const session = this.#current ?? (await this.ensure(() => undefined, options.signal));
    try {
      return await this.#options.livy.run(session.id, code, kind, options);
    } catch (error) {
      throw await this.#noteDeath(error, session);
    }
  }

  complete(): Promise<readonly string[]> {
    return Promise.resolve([]);
  }

  async log(lines: number, signal: AbortSignal): Promise<readonly string[]> {
    if (this.#current === null) return [];
    return this.#options.livy.sessionLog(this.#current.id, lines, signal);
  }

  async reset(dependencies: SessionDependencies, signal: AbortSignal): Promise<void> {
    const { livy } = this.#options;
    const old = this.#current ?? (await livy.getSession(this.#name, signal));
    this.#dependencies = dependencies;
    this.#current = null;
    this.#lost = false;
    if (old !== null) await livy.deleteSession(old.id, signal);
  }

  get #name(): string {
    return `headrace-${this.#options.notebook}`;
  }

  async #ensure(onProgress: OnProgress, signal: AbortSignal): Promise<LivySession> {
    const { livy, clock } = this.#options;
    const known = await livy.getSession(this.#name, signal);
    if (known !== null && this.#current?.id === known.id && !hasEnded(known.state))
      return (this.#current = known);
    const usable = known !== null && !hasEnded(known.state);
    this.#lost ||= this.#current !== null;
    if (known !== null && !usable) await livy.deleteSession(known.id, signal);
    const begun = usable ? known : await this.#create(onProgress, signal);
    const session = await untilReady(livy, begun, clock, onProgress, signal);
    // A session that is busy has answered before; the canary would wait behind what it runs.
    if (session.state === 'idle') await canary(livy, session, signal);
    if (this.#lost) onProgress({ label: LOST, fraction: null });
    this.#lost = false;
    return (this.#current = session);
  }

  async #create(onProgress: OnProgress, signal: AbortSignal): Promise<LivySession> {
    onProgress({ label: 'Starting Spark', fraction: null });
    return this.#options.livy.createSession(await this.#request(onProgress, signal), signal);
  }

  /** Packages become local jars where the endpoint reads our files; elsewhere Spark resolves them itself. */
  async #request(onProgress: OnProgress, signal: AbortSignal): Promise<SessionRequest> {
    const { livy, resolvePackages, workingDirectory } = this.#options;
    const { packages, conf } = this.#dependencies;
    const base = { name: this.#name, kind: 'pyspark' as const };
    const { localFiles } = await livy.capabilities(signal);
    if (!localFiles) {
      const list = packages.length === 0 ? {} : { 'spark.jars.packages': packages.join(',') };
      return { ...base, conf: { ...list, ...conf } };
    }
    const jars = packages.length === 0 ? [] : await resolvePackages(packages, onProgress, signal);
    const place =
      workingDirectory === undefined ? {} : { 'spark.headrace.workingDirectory': workingDirectory };
    return { ...base, jars, conf: { ...place, ...conf } };
  }

  /** Turns the endpoint's refusal into the reason of the death; the next `ensure` starts anew. */
  async #noteDeath(error: unknown, session: LivySession): Promise<unknown> {
    if (!(error instanceof HeadraceError) || error.code !== 'HR_SESSION_DEAD') return error;
    this.#current = null;
    this.#lost = true;
    const { livy } = this.#options;
    return deadSession(
      livy,
      { id: session.id, state: 'dead' },
      'has ended',
      AbortSignal.timeout(5_000)
    );
  }
}
