import type { BatchPort, BatchState } from './batch-port.ts';
import type { TargetType } from './target.ts';

/** What Headrace needs of a Livy endpoint; https://livy.apache.org/docs/latest/rest-api.html */

export type StatementKind = 'pyspark' | 'sql' | 'spark';

/** A session has the states of a batch, and two for the statements that it waits for or runs. */
export type SessionState = BatchState | 'idle' | 'busy';

/** Fields of Livy's create request that size a session and name its files. */
export interface SessionResources {
  readonly driverMemory?: string;
  readonly driverCores?: number;
  readonly executorMemory?: string;
  readonly executorCores?: number;
  readonly numExecutors?: number;
  readonly queue?: string;
  readonly proxyUser?: string;
  readonly jars?: readonly string[];
  readonly pyFiles?: readonly string[];
  readonly files?: readonly string[];
  readonly archives?: readonly string[];
  readonly heartbeatTimeoutInSecond?: number;
  /** How long the session may live in all, such as `2h`. */
  readonly ttl?: string;
  /** How long it may do nothing, such as `10m`. */
  readonly idleTimeout?: string;
}

/** `POST /sessions`; a field that the endpoint's release does not know is left out. */
export interface SessionRequest extends SessionResources {
  readonly name?: string;
  readonly kind?: StatementKind;
  readonly conf?: Readonly<Record<string, string>>;
}

export interface LivySession {
  readonly id: number;
  readonly name: string | null;
  readonly state: SessionState;
  readonly kind: string;
  /** Identity of the application in Spark, once it runs and where the endpoint tells it. */
  readonly appId: string | null;
  readonly log: readonly string[];
}

/** `data` holds values by MIME type; `sqlTable` reads the rows of a SQL statement from it. */
export type StatementOutput =
  | {
      readonly status: 'ok';
      readonly executionCount: number;
      readonly data: Readonly<Record<string, unknown>>;
    }
  | {
      readonly status: 'error';
      readonly executionCount: number;
      readonly ename: string;
      readonly evalue: string;
      readonly traceback: readonly string[];
      /** What came before the error, where the endpoint keeps it. */
      readonly data?: Readonly<Record<string, unknown>>;
    };

export interface Statement {
  readonly id: number;
  readonly state: 'waiting' | 'running' | 'available' | 'error' | 'cancelling' | 'cancelled';
  readonly code: string | null;
  readonly output: StatementOutput | null;
  /** 0 to 1: finished tasks over all tasks of the statement's Spark jobs. */
  readonly progress: number;
}

/** Waits between two looks, milliseconds: the first, by what factor they grow, and the longest. */
export interface PollRhythm {
  readonly firstMs: number;
  readonly growth: number;
  readonly limitMs: number;
}

/** Differences between Livy targets live here and nowhere else. */
export interface LivyCapabilities {
  readonly type: TargetType;
  /** Release as the endpoint tells it, such as `0.9.0-incubating`; empty where it tells none. */
  readonly version: string;
  /** Kinds of statements, as they can be sent. */
  readonly kinds: readonly StatementKind[];
  /** `sql` is one of them. Without it SQL is sent as PySpark, which callers do not notice. */
  readonly sqlKind: boolean;
  /** Sessions can be looked up by name; elsewhere the list is searched. */
  readonly lookUpByName: boolean;
  readonly log: boolean;
  readonly completion: boolean;
  readonly batches: boolean;
  /** `POST /connect` counts as activity. */
  readonly connect: boolean;
  /** Jars and files can be added to a session that runs. */
  readonly uploads: boolean;
  /** The create request may have a `ttl`, and an `idleTimeout`. */
  readonly ttl: boolean;
  readonly idleTimeout: boolean;
  /** The endpoint reads files of this machine. */
  readonly localFiles: boolean;
  /** How requests are signed. */
  readonly auth: 'none' | 'bearer' | 'basic' | 'sigv4';
  /** Empty where it is not known. */
  readonly sparkVersion: string;
  readonly scalaVersion: string;
  readonly realTimeMode: boolean;
  /** Outputs in order and exact tables beside Livy's own, when the session's settings ask for them. */
  readonly richOutput: boolean;
  /** Statements that a session keeps: older ones are not found. */
  readonly retainedStatements: number;
  /** Sessions at a time; null where no limit is known. */
  readonly maxSessions: number | null;
  readonly pollMs: PollRhythm;
}

export type DependencyType = 'jar' | 'pyfile' | 'file';

export interface RunOptions {
  readonly signal: AbortSignal;
  /** Called when the progress has grown: Spark's own figure may go back. */
  readonly onProgress?: (progress: number) => void;
  /** Looks for the end in place of those of the endpoint's kind. */
  readonly rhythm?: PollRhythm;
}

export interface LivyPort extends BatchPort {
  /** Where the endpoint is just now. */
  readonly url: string;
  /** Asked of the endpoint once. */
  capabilities(signal?: AbortSignal): Promise<LivyCapabilities>;
  createSession(request: SessionRequest, signal?: AbortSignal): Promise<LivySession>;
  listSessions(signal?: AbortSignal): Promise<readonly LivySession[]>;
  /** `null` when the session is not known. */
  getSession(idOrName: number | string, signal?: AbortSignal): Promise<LivySession | null>;
  /** Counts as activity, so that the endpoint does not end the session as idle. */
  keepAlive(id: number, signal: AbortSignal): Promise<void>;
  deleteSession(id: number, signal?: AbortSignal): Promise<void>;
  /** The newest lines; none where the endpoint keeps no log. */
  sessionLog(id: number, lines: number, signal?: AbortSignal): Promise<string[]>;
  /** Words that may stand at the cursor (UTF-16 units); none where the endpoint knows none. */
  complete(
    session: number,
    code: string,
    kind: StatementKind,
    cursor: number,
    signal?: AbortSignal
  ): Promise<readonly string[]>;
  /** Adds a file to a running session, by a URL as the endpoint sees it; HR_USAGE where that cannot be. */
  addDependency(
    session: number,
    type: DependencyType,
    uri: string,
    signal?: AbortSignal
  ): Promise<void>;
  /** Sends a file and adds it to a running session; HR_USAGE where that cannot be. */
  uploadDependency(
    session: number,
    type: DependencyType,
    file: File,
    signal?: AbortSignal
  ): Promise<void>;
  /**
   * Sends code, which never runs twice, and waits for its end. Aborting the signal cancels the statement
   * in Spark. SQL comes with exact values wherever the session can run PySpark.
   */
  run(
    session: number,
    code: string,
    kind: StatementKind,
    options: RunOptions
  ): Promise<StatementOutput>;
}
