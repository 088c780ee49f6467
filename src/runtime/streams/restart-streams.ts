import { toHeadraceError } from '../../shared/errors.ts';
import type { Descriptor } from './messages.ts';
import type { RestartedStream } from './port.ts';
import type { TailedStream } from './tailed-stream.ts';

export interface RestartOptions {
  readonly streams: readonly TailedStream[];
  /** Stops the query in Spark, and the watch over its session. */
  readonly stopQuery: (stream: TailedStream) => Promise<unknown>;
  readonly restartSession: () => Promise<unknown>;
  /** Starts the query again from its checkpoint. */
  readonly startAgain: (stream: TailedStream) => Promise<Descriptor>;
  /** The query runs again, and its session is to be watched. */
  readonly onRunning: (stream: TailedStream) => void;
}

/**
 * Takes streams over a wanted restart of their session; those who look at them see it as one stream. Rejects
 * with what the stop or the session was refused for, after which the streams are failed.
 */
export async function restartStreams(options: RestartOptions): Promise<readonly RestartedStream[]> {
  const { streams, stopQuery, restartSession } = options;
  for (const stream of streams)
    stream.restarting(
      'The Spark session is started again; the stream goes on from its checkpoint.'
    );
  try {
    await Promise.all(streams.map(stopQuery));
    await restartSession();
  } catch (error) {
    const { message } = toHeadraceError(error);
    for (const stream of streams) stream.fail(`Its session was not started again: ${message}`);
    throw error;
  }
  const restarted: RestartedStream[] = [];
  // One after another: statements of a session are.
  for (const stream of streams) restarted.push(await startOne(stream, options));
  return restarted;
}

async function startOne(
  stream: TailedStream,
  { startAgain, onRunning }: RestartOptions
): Promise<RestartedStream> {
  const { name } = stream;
  try {
    stream.restarted(await startAgain(stream), 'Started again with its session.');
    onRunning(stream);
    return { name, error: null };
  } catch (failure) {
    const error = toHeadraceError(failure);
    stream.fail(`It did not go on after the restart of its session: ${error.message}`);
    return { name, error };
  }
}
