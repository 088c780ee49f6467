import type { Preflight } from '../../runtime/notebook/compare.ts';
import { LOCAL_TARGET } from '../../runtime/profile/profile.ts';
import type { CellContext } from '../contract.ts';
import { withProgress } from '../output/progress.ts';
import { tableBundle } from '../output/table.ts';

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
    summary: ({ brokers, livyUrl }, elapsed) => {
      const where = `On ${target} after ${elapsed}: Kafka at ${brokers.join(', ')}`;
      return target === LOCAL_TARGET
        ? `${where}, Spark session for this notebook.`
        : `${where}, Livy at ${livyUrl}.\nThe next cell with code starts a Spark session there.`;
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
