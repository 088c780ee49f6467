import { HeadraceError } from '../../shared/errors.ts';
import type { Clock } from '../clock.ts';
import { Backoff } from '../livy/polling.ts';
import type { LivyPort, LivySession } from '../livy/port.ts';
import { isEnded, isReady } from '../livy/session-state.ts';
import type { OnProgress } from '../stack-port.ts';
import { deathReason, phaseOf } from './session-log.ts';

/** A session that is not ready by then is given up: Livy's own limits are shorter, but for a queue. */
const START_LIMIT_MS = 10 * 60_000;
/** Log lines read to find the reason of a death. */
const LOG_LINES = 200;
/** The statement that shows that a session works. */
const CANARY = '6 * 7';

/** Waits until a session takes statements, telling its phases; HR_SESSION_DEAD when it dies on the way. */
export async function untilReady(
  livy: LivyPort,
  created: LivySession,
  clock: Clock,
  onProgress: OnProgress,
  signal: AbortSignal
): Promise<LivySession> {
  const backoff = new Backoff((await livy.capabilities(signal)).pollMs);
  const startedAt = clock.now();
  let session = created;
  let label = '';
  while (!isReady(session.state)) {
    if (isEnded(session.state)) throw await deadSession(livy, session, 'did not start', signal);
    const elapsed = clock.now() - startedAt;
    if (elapsed > START_LIMIT_MS) throw tooSlow(elapsed);
    const next = startLabel(session, elapsed);
    if (next !== label) onProgress({ label: (label = next), fraction: null });
    await clock.sleep(backoff.next(), signal);
    session = (await livy.getSession(session.id, signal)) ?? { ...session, state: 'dead' };
  }
  return session;
}

function startLabel({ log }: LivySession, elapsedMs: number): string {
  const phase = phaseOf(log);
  const seconds = Math.floor(elapsedMs / 1_000);
  return `Starting Spark${seconds === 0 ? '' : ` (${seconds} s)`}${phase === null ? '' : `: ${phase}`}`;
}

/** Runs one statement and checks its value: a session is ready when it was used. */
export async function canary(
  livy: LivyPort,
  session: LivySession,
  signal: AbortSignal
): Promise<void> {
  const output = await livy.run(session.id, CANARY, 'pyspark', { signal });
  if (output.status === 'ok' && String(output.data['text/plain']).trim() === '42') return;
  const why = output.status === 'error' ? `${output.ename}: ${output.evalue}` : 'a wrong value';
  throw new HeadraceError('HR_SESSION_DEAD', 'The Spark session does not run statements', {
    why,
    next: 'Start it again with %interpreter reset.'
  });
}

/** The error for a session that has ended, with the reason from its log where there is one. */
export async function deadSession(
  livy: LivyPort,
  { id, state }: { readonly id: number; readonly state: string },
  what: string,
  signal: AbortSignal
): Promise<HeadraceError> {
  const log = await livy.sessionLog(id, LOG_LINES, signal).catch(() => []);
  return new HeadraceError('HR_SESSION_DEAD', `The Spark session ${what}`, {
    why: deathReason(log) ?? `its state is ${state} and its log says nothing`,
    next: 'Run the cell again: it starts a new session.'
  });
}

function tooSlow(elapsedMs: number): HeadraceError {
  const seconds = Math.round(elapsedMs / 1_000);
  return new HeadraceError('HR_TIMEOUT', `The Spark session was not ready after ${seconds} s`, {
    next: 'Look at the load of the machine, then run the cell again.'
  });
}
