import type { SparkRequest } from '../creation/spark-request.ts';

/** What one Spark session is started with. */
export interface DriverRequest extends SparkRequest {
  readonly sessionId: number;
  /** Livy's kind; a driver makes ready first what that kind needs. */
  readonly kind: string;
}

export interface DriverStatement {
  readonly id: number;
  readonly code: string;
  readonly kind: string;
}

/** Output of a statement in Livy's own form: `status`, then `data` by MIME type, or the parts of an error. */
export type DriverOutput = Readonly<Record<string, unknown>>;

/** How a statement has ended; one that was cancelled while it waited has no output. */
export interface StatementEnd {
  readonly state: 'available' | 'cancelled';
  readonly output: DriverOutput | null;
  /** Epoch milliseconds. */
  readonly completed: number;
}

/** A statement as the driver knows it; times are epoch milliseconds, 0 before. */
export interface KnownStatement extends DriverStatement {
  readonly state: 'waiting' | 'running' | 'cancelling' | 'available' | 'cancelled';
  readonly output: DriverOutput | null;
  readonly progress: number;
  readonly started: number;
  readonly completed: number;
}

/** All that a driver knows of its session. */
export interface DriverState {
  /** Null while the session starts. */
  readonly appId: string | null;
  /** Oldest first. */
  readonly statements: readonly KnownStatement[];
  /** Id for the next statement. */
  readonly nextStatement: number;
}

/** A dependency of a session that runs already; `path` is a local file, or a URL for Spark to fetch. */
export interface Dependency {
  readonly type: 'jar' | 'pyfile' | 'file';
  readonly path: string;
}

/** Code up to and beyond the cursor; `cursor` counts characters from its start. */
export interface CompletionQuestion {
  readonly code: string;
  readonly kind: string;
  readonly cursor: number;
}

/**
 * State of a session whose driver is gone: `dead` for itself, `killed` by somebody's TERM, `error` when it
 * was never ready.
 */
export type EndState = 'dead' | 'killed' | 'error';

/** What a driver tells its session: attached, ready, then per statement started, progress and done, then ended. */
export interface DriverEvents {
  /** The gateway holds the driver; what it knew of it before no longer counts. */
  attached(state: DriverState): void;
  ready(appId: string): void;
  /** `at` is epoch milliseconds. */
  started(statement: number, at: number): void;
  /** 0 to 1: finished tasks over all tasks of the statement's Spark jobs. */
  progress(statement: number, fraction: number): void;
  done(statement: number, end: StatementEnd): void;
  /** The driver keeps these statements no longer. */
  forgotten(statements: readonly number[]): void;
  log(stream: 'stdout' | 'stderr', line: string): void;
  /** The process is gone; nothing follows. `reason` is null for an end that was asked for. */
  ended(reason: string | null, state?: EndState): void;
}

/** One driver process, which queues statements and runs them one after another. */
export interface Driver {
  /** Queues a statement; `started` and `done` follow. */
  execute(statement: DriverStatement): void;
  /** Ends a waiting statement, or asks Spark and Python to end a running one; `done` follows. */
  cancel(statement: number): void;
  /** Words that may stand at the cursor, none when the driver has no answer in time. Never rejects. */
  complete(question: CompletionQuestion): Promise<readonly string[]>;
  /** Adds to the running session; rejects with what Spark says, or when the driver ends. */
  addDependency(dependency: Dependency): Promise<void>;
  /** Ends the process, by force after a grace time; resolves when it and its JVM are gone. */
  stop(): Promise<void>;
  /** Leaves the process to the next gateway; no event follows. */
  release(): void;
}

/** Where drivers come from; neither call may call back before it has returned. Tests give drivers without a process. */
export interface DriverLauncher {
  /** Throws the error of the file system when the folder cannot be written. */
  start(request: DriverRequest, events: DriverEvents): Driver;
  /** Takes over the driver that an earlier gateway has left in a folder; one that is gone is `ended`. */
  adopt(folder: string, events: DriverEvents): Driver;
}
