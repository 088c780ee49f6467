import type { HeadraceError } from '../shared/errors.ts';
import type { BatchPort } from './livy/batch-port.ts';
import type {
  LivySession,
  RunOptions,
  SessionResources,
  StatementKind,
  StatementOutput
} from './livy/port.ts';
import type { OnProgress } from './stack-port.ts';

export type { SessionResources };

/** Short name of the first session of a notebook. */
export const MAIN_SESSION = 'main';
/** Short name of the session through which Kafka is reached where this machine does not reach the brokers. */
export const RELAY_SESSION = 'relay';

/** Packages, jars and Spark settings that a session starts with. */
export interface SessionDependencies {
  /** Maven coordinates `group:artifact:version`. */
  readonly packages: readonly string[];
  readonly conf: Readonly<Record<string, string>>;
  readonly resources?: SessionResources;
}

/** How a session ended while somebody watched it. */
export interface SessionEnd {
  /** It was deleted or reset from this notebook; otherwise it died. */
  readonly wanted: boolean;
  /** HR_SESSION_DEAD with the reason. */
  readonly error: HeadraceError;
}

/** One Spark session of a notebook, on whatever Livy endpoint the notebook is attached to. */
export interface NotebookSession {
  /** Short name within the notebook, `main` for the first; `@` and the id for a session of somebody else. */
  readonly name: string;
  /** The session as last seen, without a call. */
  readonly current: LivySession | null;
  /** Creates the session, or finds it again by its name, and waits until a statement was answered. */
  ensure(onProgress: OnProgress, signal: AbortSignal): Promise<LivySession>;
  /** The same for work that nobody looks at: what there is to say is kept for the next `ensure`. */
  ensureQuietly(signal: AbortSignal): Promise<LivySession>;
  /** Finds the session again where it runs; starts nothing. */
  find(signal: AbortSignal): Promise<LivySession | null>;
  /**
   * Keeps the session alive and looks after it, from now on and over its replacements, until the returned
   * function is called. Calls back each time it has ended; the next `ensure` starts another.
   */
  watch(onEnd: (end: SessionEnd) => void): () => void;
  /** Ensures, then runs. A dead session is HR_SESSION_DEAD with the reason from its log. */
  run(code: string, kind: StatementKind, options: RunOptions): Promise<StatementOutput>;
  /** Whole words that may stand at the cursor (UTF-16 units); none where there is no session or no answer. */
  complete(
    code: string,
    kind: StatementKind,
    cursor: number,
    signal: AbortSignal
  ): Promise<readonly string[]>;
  /** The newest lines of the session's log; empty where the endpoint keeps none. */
  log(lines: number, signal: AbortSignal): Promise<readonly string[]>;
  /** Deletes the session; the next `ensure` creates a new one with these dependencies. */
  reset(dependencies: SessionDependencies, signal: AbortSignal): Promise<void>;
}

/** A session as `%session list` shows it. */
export interface SessionSummary {
  readonly session: LivySession;
  /** Its short name where it belongs to this notebook, else null. */
  readonly shortName: string | null;
  /** Cells run in it. */
  readonly isCurrent: boolean;
}

/** All Spark sessions that a notebook uses; cells run in one of them. */
export interface NotebookSessions {
  readonly current: NotebookSession;
  /** The session of this name (see `NotebookSession.name`), which need not run yet; makes no call. */
  named(name: string): NotebookSession;
  /** Sessions that the endpoint knows, those of other notebooks included. */
  list(signal: AbortSignal): Promise<readonly SessionSummary[]>;
  /** Starts a further session and makes it current; HR_USAGE where the name is taken. */
  create(name: string, onProgress: OnProgress, signal: AbortSignal): Promise<NotebookSession>;
  /** Cells run in this session from now on: a short name, or name or id of any session of the endpoint. */
  use(nameOrId: string, signal: AbortSignal): Promise<NotebookSession>;
  /** Ends a session; HR_SESSION_NOT_FOUND where there is none. Cells go back to `main`. */
  delete(nameOrId: string, signal: AbortSignal): Promise<void>;
  /** Batches of the endpoint; HR_USAGE on one that has none. */
  readonly batches: BatchPort;
}
