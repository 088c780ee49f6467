/** What Headrace needs of a Livy endpoint; https://livy.apache.org/docs/latest/rest-api.html */

export type StatementKind = 'pyspark' | 'sql' | 'spark';

export type SessionState =
  | 'not_started'
  | 'starting'
  | 'recovering'
  | 'idle'
  | 'running'
  | 'busy'
  | 'shutting_down'
  | 'error'
  | 'dead'
  | 'killed'
  | 'success'
  | 'unknown';

export interface SessionRequest {
  readonly name?: string;
  readonly kind?: StatementKind;
  readonly conf?: Readonly<Record<string, string>>;
  readonly jars?: readonly string[];
  readonly pyFiles?: readonly string[];
  readonly driverMemory?: string;
  readonly heartbeatTimeoutInSecond?: number;
}

export interface LivySession {
  readonly id: number;
  readonly name: string | null;
  readonly state: SessionState;
  readonly kind: string;
  readonly log: readonly string[];
}

/** `data` holds values by MIME type; SQL answers under `application/json`. */
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
  readonly output: StatementOutput | null;
  /** 0 to 1: finished tasks over all tasks of the statement's Spark jobs. */
  readonly progress: number;
}

/** Differences between Livy targets live here and nowhere else. */
export interface LivyCapabilities {
  readonly version: string;
  readonly sqlKind: boolean;
  readonly log: boolean;
  readonly completion: boolean;
  readonly localFiles: boolean;
  readonly sparkVersion: string;
  readonly realTimeMode: boolean;
}

export interface LivyPort {
  readonly url: string;
  capabilities(signal?: AbortSignal): Promise<LivyCapabilities>;
  createSession(request: SessionRequest, signal?: AbortSignal): Promise<LivySession>;
  /** `null` when the session is not known. */
  getSession(idOrName: number | string, signal?: AbortSignal): Promise<LivySession | null>;
  deleteSession(id: number, signal?: AbortSignal): Promise<void>;
  sessionLog(id: number, lines: number, signal?: AbortSignal): Promise<string[]>;
  /** Sends code once and waits for its end. Aborting the signal cancels the statement in Spark. */
  run(
    session: number,
    code: string,
    kind: StatementKind,
    options: { readonly signal: AbortSignal; readonly onProgress?: (progress: number) => void }
  ): Promise<StatementOutput>;
}
