/**
 * What a line of a batch's log is: what the job printed, or a message of Spark's own logger by its level. Lines of a
 * stack trace belong to what stands above them.
 */
export type LogLineKind = 'print' | 'info' | 'warning' | 'error' | 'trace';

export interface LogLine {
  readonly kind: LogLineKind;
  readonly text: string;
}

/** Spark's layout, `26/11/23 03:20:08 INFO Logger: message`, also with a time zone or milliseconds. */
const LOGGED =
  /^\d\d(?:\d\d)?[/-]\d\d[/-]\d\d[ T]\d\d:\d\d:\d\d\S* (TRACE|DEBUG|INFO|WARN|ERROR|FATAL) /;
/** What Spark says in every run although nothing is wrong. */
const ROUTINE = [
  /^Using Spark's default log4j/,
  /^Setting (?:Spark|default) log level/,
  / WARN NativeCodeLoader: /,
  / WARN ResolveWriteToStream: spark\.sql\.adaptive\.enabled is not supported/
];
const TRACE = /^\s+(?:at |\.\.\. \d+ )/;
const KINDS: Readonly<Record<string, LogLineKind>> = {
  TRACE: 'info',
  DEBUG: 'info',
  INFO: 'info',
  WARN: 'warning',
  ERROR: 'error',
  FATAL: 'error'
};

/** Classifies one line. */
export function logLine(text: string): LogLine {
  if (ROUTINE.some(pattern => pattern.test(text))) return { kind: 'info', text };
  const level = LOGGED.exec(text)?.[1];
  if (level !== undefined) return { kind: KINDS[level] ?? 'info', text };
  return { kind: TRACE.test(text) ? 'trace' : 'print', text };
}

/** The message without date, level and logger. */
export function messageOf({ text }: LogLine): string {
  return LOGGED.test(text) ? text.replace(LOGGED, '').replace(/^[\w.$]+: /, '') : text;
}
