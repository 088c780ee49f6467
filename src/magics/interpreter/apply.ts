import type { SessionDependencies } from '../../runtime/session-port.ts';
import type { CellContext } from '../contract.ts';
import { withProgress } from '../output/progress.ts';

/** States in which a session runs nothing, so that nothing can be lost with it. */
const GONE = ['dead', 'error', 'killed', 'shutting_down', 'success'];

/**
 * Records the dependencies. A session that runs already keeps its own until it is restarted, which ends
 * its variables, views and streams; so that is done only when asked for.
 */
export async function applyDependencies(
  dependencies: SessionDependencies,
  restart: boolean,
  context: CellContext
): Promise<void> {
  const { runtime, display } = context;
  await runtime.setDependencies(dependencies);
  const session = runtime.endpoints === null ? null : await runtime.session();
  const running = session?.current !== null && !GONE.includes(session?.current.state ?? 'dead');
  if (session === null || !running) {
    display.stdout('Recorded for the next Spark session.\n');
    return;
  }
  const loss = await whatIsLost(context);
  if (!restart) {
    display.stdout(
      `Recorded. The Spark session runs already: add --restart to use it now. That loses ${loss}.\n`
    );
    return;
  }
  await withProgress(context, {
    title: 'Restarting the Spark session',
    work: async onProgress => {
      await (await runtime.streams()).stop('all', { purge: false }, context.signal);
      await session.reset(dependencies, context.signal);
      return session.ensure(onProgress, context.signal);
    },
    summary: (_session, elapsed) => `Spark session restarted in ${elapsed}. Lost: ${loss}.`
  });
}

/** What ends with the session, streams by name. */
async function whatIsLost({ runtime }: CellContext): Promise<string> {
  const streams = (await runtime.streams()).list();
  const names = streams
    .filter(stream => ['live', 'starting', 'stalled'].includes(stream.status().state))
    .map(stream => stream.name);
  const running = names.length === 0 ? [] : [`the running streams ${names.join(', ')}`];
  return ['all Python variables', 'temporary views', ...running].join(', ');
}
