/** Everything a driver process needs to know to start one Spark session. */
export interface DriverRequest {
  readonly sessionId: number;
  readonly name: string | null;
  /** Spark settings of the create request; they win over those of the gateway. */
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

/** Output of a statement in Livy's own form; `data` holds values by MIME type. */
export type DriverOutput = Readonly<Record<string, unknown>> & { readonly status: 'ok' | 'error' };

/** What a driver tells its session. Each callback may come at any time after the start. */
export interface DriverEvents {
  ready(info: { readonly appId: string; readonly sparkVersion: string }): void;
  /** The statement has begun to run. */
  running(statement: number): void;
  /** 0 to 1: finished tasks over all tasks of the statement's Spark jobs. */
  progress(statement: number, fraction: number): void;
  done(statement: number, output: DriverOutput): void;
  log(stream: 'stdout' | 'stderr', line: string): void;
  /** The process is gone; nothing follows. `reason` is null for an end that was asked for. */
  ended(reason: string | null): void;
}

/** One driver process. */
export interface Driver {
  /** Queues a statement; statements run one after another, in order. */
  execute(statement: DriverStatement): void;
  /** Asks Spark and Python to end a running statement; `done` follows when it has ended. */
  cancel(statement: number): void;
  /** Ends the process, by force after a grace time; resolves when it and its JVM are gone. */
  stop(): Promise<void>;
}

/** Starts driver processes. Tests give one that needs no process. */
export type DriverLauncher = (request: DriverRequest, events: DriverEvents) => Driver;
