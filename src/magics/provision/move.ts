import type { Preflight } from '../../runtime/notebook/compare.ts';
import { LOCAL_TARGET } from '../../runtime/profile/profile.ts';
import { RELAY_SESSION } from '../../runtime/session-port.ts';
import type { CellContext } from '../contract.ts';
import { withProgress } from '../output/progress.ts';
import { tableBundle } from '../output/table.ts';

const THROUGH_SPARK = `The brokers answer inside their network only, so topics, records and results go through a small Spark session, ${RELAY_SESSION}, which starts when it is first needed and ends with this kernel; live views come up to about a second later.`;

/** Lists what will differ, then moves the notebook to `local` or to what a profile names. */
export async function moveTo(target: string, context: CellContext): Promise<void> {
  const { runtime, signal } = context;
  showPreflight(await runtime.targets.compare(target, signal), context);
  await withProgress(context, {
    title: `Attaching to ${target}`,
    work: onProgress =>
      target === LOCAL_TARGET
        ? runtime.provisionLocal(onProgress, signal)
        : runtime.targets.use(target, onProgress, signal),
    summary: ({ brokers, livyUrl, reach }, elapsed) => {
      const where = `On ${target} after ${elapsed}: Kafka at ${brokers.join(', ')}`;
      if (target === LOCAL_TARGET) return `${where}, Spark session for this notebook.`;
      const lines = [
        `${where}, Livy at ${livyUrl}.`,
        ...(reach === 'relay' ? [THROUGH_SPARK] : []),
        'The next cell with code starts a Spark session there.'
      ];
      return lines.join('\n');
    }
  });
}

/** The differences as a table, or one line where there is nothing to tell. */
export function showPreflight(
  { from, to, differences }: Preflight,
  { display }: Pick<CellContext, 'display'>
): void {
  if (from === null) {
    display.stdout(`This notebook was attached to nothing; it goes to ${to}.\n`);
    return;
  }
  if (from === to) {
    display.stdout(`This notebook is on ${to} already.\n`);
    return;
  }
  if (differences.length === 0) {
    display.stdout(`Nothing is known that differs between ${from} and ${to}.\n`);
    return;
  }
  display.show(
    tableBundle({
      columns: [{ name: 'what' }, { name: from }, { name: to }, { name: 'for your cells' }],
      rows: differences.map(({ what, here, there, effect }) => [what, here, there, effect])
    })
  );
}
