/** What one Spark session is started with. */
export interface DriverRequest {
  readonly sessionId: number;
  readonly name: string | null;
  /** Spark settings of the create request; they win over those of the driver. */
  readonly conf: Readonly<Record<string, string>>;
  /** Local paths, without a scheme. */
  readonly jars: readonly string[];
  readonly pyFiles: readonly string[];
  /** As Spark writes it (`1g`); null leaves the driver's own default. */
  readonly driverMemory: string | null;
}

export interface DriverStatement {
  readonly id: number;
  readonly code: string;
  readonly kind: string;
}

/** Output of a statement in Livy's own form: `status`, then `data` by MIME type, or the parts of an error. */
export type DriverOutput = Readonly<Record<string, unknown>>;

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

/** What a driver tells its session, in this order: ready, then per statement started, progress and done, then ended. */
export interface DriverEvents {
  ready(appId: string): void;
  /** 0 to 1: finished tasks over all tasks of the statement's Spark jobs. */
  progress(statement: number, fraction: number): void;
  done(statement: number, output: DriverOutput): void;
  log(stream: 'stdout' | 'stderr', line: string): void;
  /** The process is gone; nothing follows. `reason` is null for an end that was asked for. */
  ended(reason: string | null): void;
}

/** One driver process. */
export interface Driver {
  /** Runs a statement. The session sends the next one only after `done`. */
  execute(statement: DriverStatement): void;
  /** Asks Spark and Python to end the running statement; `done` follows when it has ended. */
  cancel(statement: number): void;
  /** Words that may stand at the cursor, none when the driver has no answer in time. Never rejects. */
  complete(question: CompletionQuestion): Promise<readonly string[]>;
  /** Adds to the running session; rejects with what Spark says, or when the driver ends. */
  addDependency(dependency: Dependency): Promise<void>;
  /** Ends the process, by force after a grace time; resolves when it and its JVM are gone. */
  stop(): Promise<void>;
}

/** Starts a driver process; must not call back before it has returned. Tests give one without a process. */
export type DriverLauncher = (request: DriverRequest, events: DriverEvents) => Driver;
