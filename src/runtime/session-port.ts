import type { LivySession, StatementKind, StatementOutput } from './livy/port.ts';
import type { OnProgress } from './stack-port.ts';

/** Packages, jars and Spark settings that a session starts with. */
export interface SessionDependencies {
  /** Maven coordinates `group:artifact:version`. */
  readonly packages: readonly string[];
  readonly conf: Readonly<Record<string, string>>;
}

/** The one Spark session of a notebook, on whatever Livy endpoint the notebook is attached to. */
export interface NotebookSession {
  /** The session as last seen, without a call. */
  readonly current: LivySession | null;
  /** Creates the session, or finds it again by its name, and waits until a statement was answered. */
  ensure(onProgress: OnProgress, signal: AbortSignal): Promise<LivySession>;
  /** Ensures, then runs. A dead session is HR_SESSION_DEAD with the reason from its log. */
  run(
    code: string,
    kind: StatementKind,
    options: { readonly signal: AbortSignal; readonly onProgress?: (progress: number) => void }
  ): Promise<StatementOutput>;
  /** Deletes the session; the next `ensure` creates a new one with these dependencies. */
  reset(dependencies: SessionDependencies, signal: AbortSignal): Promise<void>;
}
