import type { SessionDependencies } from '../../runtime/session-port.ts';
import type { CellContext } from '../contract.ts';
import { RESTART_LOSS, restartSession } from '../statement/restart-session.ts';
import { runningSession } from '../statement/running-session.ts';

/**
 * Records the dependencies. A session that runs already keeps its own until it is restarted, which ends
 * its variables and views; so that is done only when asked for.
 */
export async function applyDependencies(
  dependencies: SessionDependencies,
  restart: boolean,
  context: CellContext
): Promise<void> {
  const { runtime, display } = context;
  const session = await runningSession(context);
  await runtime.setDependencies(dependencies);
  if (session === null) display.stdout('Recorded for the next Spark session.\n');
  else if (restart) await restartSession(context);
  else
    display.stdout(
      `Recorded. The Spark session runs already: add --restart to use it now. That loses ${RESTART_LOSS}; streams go on from their checkpoints.\n`
    );
}
