import type { NotebookSession, SessionDependencies } from '../../runtime/session-port.ts';
import type { CellContext } from '../contract.ts';
import { withProgress } from '../output/progress.ts';
import { readySession } from '../python/ready-session.ts';

/**
 * Records the dependencies. A session that runs already keeps its own until it is restarted, which ends
 * its variables, views and streams; so that is done only when asked for.
 */
export async function applyDependencies(
  dependencies: SessionDependencies,
  restart: boolean,
  context: CellContext
): Promise<void> {
  const { runtime, display, signal } = context;
  const session = (await runtime.reattach(signal)) ? await readySession(context) : null;
  await runtime.setDependencies(dependencies);
  if (session === null) {
    display.stdout('Recorded for the next Spark session.\n');
    return;
  }
  const loss = await whatIsLost(context);
  if (restart) await restartSession(session, loss, context);
  else
    display.stdout(
      `Recorded. The Spark session runs already: add --restart to use it now. That loses ${loss}.\n`
    );
}

async function restartSession(
  session: NotebookSession,
  loss: string,
  context: CellContext
): Promise<void> {
  const { runtime, signal } = context;
  await withProgress(context, {
    title: 'Restarting the Spark session',
    work: async onProgress => {
      await (await runtime.streams()).stop('all', { purge: false }, signal);
      await session.reset(runtime.dependencies, signal);
      return session.ensure(onProgress, signal);
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
