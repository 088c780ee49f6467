import type { RestartedStream } from '../../runtime/streams/port.ts';
import type { CellContext } from '../contract.ts';
import { withProgress } from '../output/progress.ts';
import { runningStreams } from './running-session.ts';

/** What a restart of the session costs, as the object of "loses". */
export const RESTART_LOSS = 'all variables and temporary views';

/** Ends the session that cells run in and starts it with the recorded dependencies; its streams go on. */
export async function restartSession(context: CellContext): Promise<void> {
  const { runtime, signal } = context;
  const session = await runtime.session();
  const running = await runningStreams(context, session.name);
  await withProgress(context, {
    title: 'Restarting the Spark session',
    work: async onProgress => {
      const names = running.map(({ name }) => name);
      const again = async (): Promise<void> => {
        await session.reset(runtime.dependencies, signal);
        await session.ensure(onProgress, signal);
      };
      return (await runtime.streams()).restart(names, again, signal);
    },
    summary: (resumed, elapsed) =>
      [`Spark session restarted in ${elapsed}; lost: ${RESTART_LOSS}.`, ...textOf(resumed)].join(
        ' '
      )
  });
}

/** Names the streams that go on, and says why others do not. */
function textOf(streams: readonly RestartedStream[]): readonly string[] {
  const names = streams.filter(({ error }) => error === null).map(({ name }) => name);
  const failures = streams.flatMap(({ name, error }) =>
    error === null ? [] : [`${name} (${error.message})`]
  );
  return [
    ...(names.length === 0
      ? []
      : [
          `Resumed from ${names.length === 1 ? 'its checkpoint' : 'their checkpoints'}: ${names.join(', ')}.`
        ]),
    ...(failures.length === 0 ? [] : [`Not resumed: ${failures.join(', ')}.`])
  ];
}
