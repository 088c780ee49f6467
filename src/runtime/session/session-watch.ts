import { HeadraceError } from '../../shared/errors.ts';
import type { Clock } from '../clock.ts';
import type { LivyPort } from '../livy/port.ts';
import { isEnded } from '../livy/session-state.ts';

/** Looks are cheap on this machine, and gentle elsewhere, milliseconds. */
const LOCAL_LOOK_MS = 2_000;
const REMOTE_LOOK_MS = 10_000;
/** Endpoints end a session that is idle for them, which one with a stream is, after an hour, milliseconds. */
const KEEP_ALIVE_MS = 4 * 60_000;

export interface WatchedSession {
  readonly livy: LivyPort;
  readonly id: number;
  readonly clock: Clock;
  /** The session's `heartbeatTimeoutInSecond`: any look counts as a beat. */
  readonly heartbeatSeconds?: number | undefined;
}

/**
 * Keeps a session alive and looks at its state until it has ended, and gives that state (`gone` for one
 * that the endpoint no longer knows). An endpoint that does not answer now is asked again later. Rejects
 * with HR_INTERRUPTED when the signal is aborted.
 */
export async function untilEnded(watched: WatchedSession, signal: AbortSignal): Promise<string> {
  const { livy, id, clock } = watched;
  const everyMs = await lookEvery(watched, signal);
  let keptAt = clock.now();
  for (;;) {
    await clock.sleep(everyMs, signal);
    const state = await lookAt(livy, id, signal);
    if (state === 'gone' || (state !== null && isEnded(state))) return state;
    if (clock.now() - keptAt < KEEP_ALIVE_MS) continue;
    keptAt = clock.now();
    // A failure shows in the next look.
    await livy.keepAlive(id, signal).catch(unlessAborted(signal));
  }
}

async function lookEvery(
  { livy, heartbeatSeconds = 0 }: WatchedSession,
  signal: AbortSignal
): Promise<number> {
  const capabilities = await livy.capabilities(signal).catch(unlessAborted(signal));
  const everyMs = capabilities?.localFiles === true ? LOCAL_LOOK_MS : REMOTE_LOOK_MS;
  return heartbeatSeconds > 0 ? Math.min(everyMs, (heartbeatSeconds * 1_000) / 3) : everyMs;
}

async function lookAt(livy: LivyPort, id: number, signal: AbortSignal) {
  const look = livy.getSession(id, signal).then(session => session?.state ?? ('gone' as const));
  return look.catch(unlessAborted(signal));
}

function unlessAborted(signal: AbortSignal) {
  return (error: unknown): null => {
    if (signal.aborted || !(error instanceof HeadraceError)) throw error;
    return null;
  };
}
