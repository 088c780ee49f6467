import { readCapture, readCaptures, type Capture } from './captures.ts';

/** A recorded answer about a statement that has run, with the request that posted it. */
export interface StatementRow {
  readonly capture: Capture;
  /** Number of the session in the recording. */
  readonly session: number;
  readonly statement: number;
  /** Body of the request that posted the statement. */
  readonly posted: unknown;
}

/** Numbers of the recorded sessions whose statements are run again, with the exchanges that created them. */
export const SPARK_SESSIONS = {
  10: 'session-create-empty-object',
  9: 'session-create-sql',
  11: 'session-create-full',
  6: 'session-create-spark'
} as const;

/** Exchanges of session 6 about completion and about cancels, which need a running Spark too. */
export const SPARK_ONLY = [
  'completion-pyspark',
  'completion-spark',
  'statement-after-cancelled',
  'statement-cancelled-driver-sleep',
  'statement-cancelled-running-job',
  'statement-cancelled-running-job-later',
  'statement-cancelled-sql'
] as const;

/** The exchanges whose statements ran to their end without a cancel, in the order in which they ran. */
export function statementRows(session: number): StatementRow[] {
  return [...readCaptures().values()]
    .flatMap(capture => statementRow(capture) ?? [])
    .filter(row => row.session === session)
    .sort((one, other) => one.statement - other.statement);
}

function statementRow(capture: Capture): StatementRow | undefined {
  const [, session, statement] =
    /^\/sessions\/(\d+)\/statements\/(\d+)$/.exec(capture.request.path) ?? [];
  const posted = /statement was POSTed as (\{.*\}); POST-to/s.exec(capture.note ?? '')?.[1];
  if (posted === undefined || session === undefined || statement === undefined) return undefined;
  return {
    capture,
    session: Number(session),
    statement: Number(statement),
    posted: JSON.parse(posted) as unknown
  };
}

/** The code of the statement that an exchange shows. */
export function codeOf(name: string): string {
  return (JSON.parse(readCapture(name).body) as { code: string }).code;
}
