import { streamsIn } from '../../runtime/inventory/ends.ts';
import type { LivySession } from '../../runtime/livy/port.ts';
import { isEnded } from '../../runtime/livy/session-state.ts';
import type { StreamHandle } from '../../runtime/streams/port.ts';
import type { CellContext } from '../contract.ts';

/** The session that cells run in, or null where it is not started; starts nothing. */
export async function runningSession({
  runtime,
  signal
}: CellContext): Promise<LivySession | null> {
  if (!(await runtime.reattach(signal))) return null;
  const sessions = await runtime.sessions();
  if (sessions.current.current !== null) return sessions.current.current;
  const listed = await sessions.list(signal);
  const found = listed.find(({ shortName }) => shortName === sessions.current.name)?.session;
  return found === undefined || isEnded(found.state) ? null : found;
}

/** Streams whose query runs in the session of this short name. */
export async function runningStreams(
  { runtime }: CellContext,
  session: string
): Promise<readonly StreamHandle[]> {
  return streamsIn(await runtime.streams(), session);
}
