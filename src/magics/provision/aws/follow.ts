import type { OnEnvironmentEvent } from '../../../runtime/aws/environments-port.ts';
import type { CellContext } from '../../contract.ts';
import { withProgress, type LongWork } from '../../output/progress.ts';
import { openResourceTable } from './resource-table.ts';

/** Long work on an environment: one line of progress, and below it a table of its resources. */
export async function followEnvironment<Result>(
  context: CellContext,
  work: Omit<LongWork<Result>, 'work'> & {
    readonly work: (onEvent: OnEnvironmentEvent) => Promise<Result>;
  }
): Promise<Result> {
  const table = openResourceTable(context);
  try {
    return await withProgress(context, {
      ...work,
      work: onProgress =>
        work.work(event => {
          if (event.kind === 'resource') table.tell(event.resource);
          else if (event.kind === 'step')
            onProgress({ label: event.label, fraction: event.fraction });
          // News, not a fault: pages show what goes to stderr as one.
          else context.display.stdout(`${event.text.replace(/\.?$/, '.')}\n`);
        })
    });
  } finally {
    table.end();
  }
}
