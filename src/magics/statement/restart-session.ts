import { toHeadraceError } from '../../shared/errors.ts';
import type { OnProgress } from '../../runtime/stack-port.ts';
import type { StreamHandle } from '../../runtime/streams/port.ts';
import type { CellContext } from '../contract.ts';
import { withProgress } from '../output/progress.ts';
import { runningStreams } from './running-session.ts';

/** What a restart of the session costs, as the object of "loses". */
export const RESTART_LOSS = 'all variables and temporary views';

/** Streams after a restart: those that go on, and one clause for each that does not. */
interface Resumed {
  readonly names: readonly string[];
  readonly failures: readonly string[];
}

/** Ends the session that cells run in and starts it with the recorded dependencies; its streams go on. */
export async function restartSession(context: CellContext): Promise<void> {
  const { runtime, signal } = context;
  const session = await runtime.session();
  const running = await runningStreams(context, session.name);
  await withProgress(context, {
    title: 'Restarting the Spark session',
    work: async onProgress => {
      const names = running.map(({ name }) => name);
      if (names.length > 0) await (await runtime.streams()).stop(names, { purge: false }, signal);
      await session.reset(runtime.dependencies, signal);
      await session.ensure(onProgress, signal);
      return resume(running, onProgress, context);
    },
    summary: (resumed, elapsed) =>
      [`Spark session restarted in ${elapsed}; lost: ${RESTART_LOSS}.`, ...textOf(resumed)].join(
        ' '
      )
  });
}

/** Starts the streams again with the specifications they had, which goes on from their checkpoints. */
async function resume(
  before: readonly StreamHandle[],
  onProgress: OnProgress,
  { runtime, signal }: CellContext
): Promise<Resumed> {
  const streams = await runtime.streams();
  const names: string[] = [];
  const failures: string[] = [];
  for (const { name, spec } of before) {
    try {
      await streams.start(spec, onProgress, signal);
      names.push(name);
    } catch (error) {
      if (signal.aborted) throw error;
      failures.push(`${name} (${toHeadraceError(error).message})`);
    }
  }
  return { names, failures };
}

function textOf({ names, failures }: Resumed): readonly string[] {
  return [
    ...(names.length === 0
      ? []
      : [
          `Resumed from ${names.length === 1 ? 'its checkpoint' : 'their checkpoints'}: ${names.join(', ')}.`
        ]),
    ...(failures.length === 0 ? [] : [`Not resumed: ${failures.join(', ')}.`])
  ];
}
