import { HeadraceError, toHeadraceError } from '../../../shared/errors.ts';
import type { Clock } from '../../clock.ts';
import { credentialsCheck, groupsCheck, regionCheck, roleCheck } from './aws-checks.ts';
import { brokersCheck, dnsCheck, metadataCheck } from './network-checks.ts';
import type { Check, CheckOutcome, CheckRow, CheckSubject, Diagnosis } from './port.ts';
import { jarsCheck, livyCheck, sessionCheck } from './spark-checks.ts';

/** What has to be right, in the order in which one needs the other. */
export const CHECKS: readonly Check[] = [
  credentialsCheck,
  regionCheck,
  roleCheck,
  groupsCheck,
  dnsCheck,
  brokersCheck,
  metadataCheck,
  livyCheck,
  sessionCheck,
  jarsCheck
];

/** An answer that takes longer is none, milliseconds. */
const LIMIT_MS = 30_000;

export interface DiagnoseOptions {
  readonly target: string;
  readonly subject: CheckSubject;
  readonly clock: Clock;
  readonly checks?: readonly Check[];
  /** Called with all rows after each check. */
  readonly onCheck: (soFar: Diagnosis) => void;
}

/** Runs the checks up to the first that is wrong; HR_INTERRUPTED is the one thing that it rejects with. */
export async function diagnose(
  { target, subject, clock, checks = CHECKS, onCheck }: DiagnoseOptions,
  signal: AbortSignal
): Promise<Diagnosis> {
  let rows: readonly CheckRow[] = checks.map(({ name }) => ({
    name,
    state: 'waiting',
    detail: ''
  }));
  let next: string | null = null;
  for (const check of checks) {
    const outcome = await outcomeOf(check, subject, clock, signal);
    const { state, detail } = outcome;
    rows = rows.map(row => (row.name === check.name ? { name: row.name, state, detail } : row));
    if (outcome.state === 'wrong') next = outcome.next;
    onCheck({ target, rows, next });
    if (next !== null) break;
  }
  return { target, rows, next };
}

async function outcomeOf(
  check: Check,
  subject: CheckSubject,
  clock: Clock,
  signal: AbortSignal
): Promise<CheckOutcome> {
  const ended = new AbortController();
  const late = clock.sleep(LIMIT_MS, ended.signal).then(() => tooLate());
  try {
    const work = check.run(subject, AbortSignal.any([signal, ended.signal]));
    return await Promise.race([work, late]);
  } catch (error) {
    if (signal.aborted) throw error;
    return wrong(error);
  } finally {
    ended.abort();
    late.catch(() => undefined);
  }
}

function tooLate(): never {
  throw new HeadraceError('HR_TIMEOUT', `There was no answer for ${LIMIT_MS / 1_000} s`, {
    next: 'Check the network between this machine and the target, and run %provision doctor again.'
  });
}

function wrong(error: unknown): CheckOutcome {
  const { message, why, next } = toHeadraceError(error);
  const detail = why === undefined ? message : `${message} (${why})`;
  return {
    state: 'wrong',
    detail,
    next: next ?? 'Put that right and run %provision doctor again.'
  };
}
