import { isFinal } from '../../shared/stream-status.ts';
import type { ProducerRun } from '../producers/port.ts';
import type { NotebookSessions } from '../session-port.ts';
import type { StreamHandle, StreamManager } from '../streams/port.ts';

/** Stops a producer after the records in flight are acknowledged; one that failed has ended as well. */
export async function endProducer(run: ProducerRun): Promise<void> {
  run.stop();
  await run.finished.catch(() => undefined);
}

/** Streams whose query runs in the session of this short name. */
export function streamsIn(streams: StreamManager, session: string): readonly StreamHandle[] {
  return streams
    .list()
    .filter(stream => stream.session === session && !isFinal(stream.status().state));
}

/**
 * Stops the streams that run in a session of the notebook, whose checkpoints stay, and ends the session.
 *
 * @throws HR_SESSION_NOT_FOUND where there is none of this name
 */
export async function endSession(
  { sessions, streams }: { readonly sessions: NotebookSessions; readonly streams: StreamManager },
  name: string,
  signal: AbortSignal
): Promise<void> {
  const names = streamsIn(streams, name).map(stream => stream.name);
  if (names.length > 0) await streams.stop(names, { purge: false }, signal);
  await sessions.delete(name, signal);
}
