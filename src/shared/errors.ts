/**
 * Every way in which Headrace can fail, as a closed list. A person reads three parts: what happened
 * (`message`), why (`why`), and what to do next (`next`). Foreign errors become one of these through
 * the total function of the layer that meets them; nothing else is thrown across a layer.
 */
export const ERROR_CODES = [
  /** A magic or a flag is misspelt, missing or has a value that cannot be used. */
  'HR_USAGE',
  /** A file named by the user does not exist or cannot be read. */
  'HR_FILE',
  /** No Spark and Kafka are attached to the notebook yet. */
  'HR_NOT_PROVISIONED',
  /** A named topic does not exist. */
  'HR_TOPIC_NOT_FOUND',
  /** A named topic exists already with other settings. */
  'HR_TOPIC_EXISTS',
  /** No broker answers. */
  'HR_BROKER_UNREACHABLE',
  /** The broker answered with a refusal. */
  'HR_BROKER_REFUSED',
  /** The Livy endpoint does not answer. */
  'HR_LIVY_UNREACHABLE',
  /** The Livy endpoint answered with a refusal. */
  'HR_LIVY_REFUSED',
  /** The Spark session is dead, killed or gone. */
  'HR_SESSION_DEAD',
  /** A named Spark session does not exist. */
  'HR_SESSION_NOT_FOUND',
  /** A batch ended without success. */
  'HR_BATCH_FAILED',
  /** The code of a cell raised an error inside Spark or Python. */
  'HR_STATEMENT',
  /** A SQL text was refused by Spark. */
  'HR_SQL',
  /** A streaming query ended with an error. */
  'HR_STREAM_FAILED',
  /** A named stream or producer does not exist. */
  'HR_STREAM_NOT_FOUND',
  /** The user interrupted the cell. */
  'HR_INTERRUPTED',
  /** A wait took longer than its limit. */
  'HR_TIMEOUT',
  /** Java is missing or too old, and none could be installed. */
  'HR_JAVA',
  /** Python is missing or too old. */
  'HR_PYTHON',
  /** A download failed: no network, or a mirror that refuses. */
  'HR_DOWNLOAD',
  /** A downloaded file is not what was asked for. */
  'HR_CHECKSUM',
  /** A port is taken by another program. */
  'HR_PORT',
  /** A child process could not be started or died. */
  'HR_PROCESS',
  /** The disk has too little room. */
  'HR_DISK',
  /** AWS knows no credentials, or they have expired. */
  'HR_AWS_CREDENTIALS',
  /** AWS answered with a refusal: a permission, a quota, a name taken, a value it does not accept. */
  'HR_AWS_REFUSED',
  /** AWS does not answer, or is too busy to. */
  'HR_AWS_UNREACHABLE',
  /** An environment on AWS failed, is in the wrong state, or belongs to somebody else. */
  'HR_ENVIRONMENT',
  /** A fault of Headrace itself. */
  'HR_INTERNAL'
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

export interface HeadraceErrorOptions {
  /** Why it happened, one clause without a full stop. */
  readonly why?: string;
  /** What the person should do next, one imperative sentence. */
  readonly next?: string;
  readonly cause?: unknown;
  /** Lines of a foreign traceback already trimmed to the user's own code. */
  readonly traceback?: readonly string[];
  /** The name a foreign runtime gave the error (`ValueError`), shown instead of the code. */
  readonly ename?: string;
}

/** The one error type of this project. */
export class HeadraceError extends Error {
  readonly code: ErrorCode;
  readonly why: string | undefined;
  readonly next: string | undefined;
  readonly traceback: readonly string[];
  readonly ename: string;

  constructor(code: ErrorCode, message: string, options: HeadraceErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'HeadraceError';
    this.code = code;
    this.why = options.why;
    this.next = options.next;
    this.traceback = options.traceback ?? [];
    this.ename = options.ename ?? code;
  }

  /** One line for a person: what happened, why, what next. */
  get line(): string {
    const why = this.why === undefined ? '' : ` (${this.why})`;
    const next = this.next === undefined ? '' : ` ${this.next}`;
    return `${this.message.replace(/\.$/, '')}${why}.${next}`;
  }
}

/** The error that an aborted wait ends with. */
export function interrupted(what: string): HeadraceError {
  return new HeadraceError('HR_INTERRUPTED', `Interrupted: ${what}`);
}

/** Any thrown value as a {@link HeadraceError}; those of this project pass unchanged. */
export function toHeadraceError(error: unknown): HeadraceError {
  if (error instanceof HeadraceError) return error;
  if (error instanceof Error && error.name === 'AbortError')
    return interrupted('the wait was ended');
  const message = error instanceof Error ? error.message : String(error);
  return new HeadraceError('HR_INTERNAL', message, {
    cause: error,
    next: 'This is a fault of Headrace: please report it with the cell that caused it.'
  });
}
