import type { Batch } from '../../runtime/livy/batch-port.ts';
import type { NotebookRuntime } from '../../runtime/notebook/port.ts';
import { HeadraceError } from '../../shared/errors.ts';
import type { CellContext } from '../contract.ts';

/**
 * A batch of the endpoint by its id or name.
 *
 * @throws HR_USAGE with the ids that there are
 */
export async function findBatch(
  idOrName: string,
  { runtime, signal }: Pick<CellContext, 'runtime' | 'signal'>
): Promise<Batch> {
  const listed = await (await runtime.batches()).listBatches(signal);
  const found = listed.find(({ id, name }) => String(id) === idOrName || name === idOrName);
  if (found !== undefined) return found;
  const known = listed.map(({ id }) => String(id)).join(', ');
  throw new HeadraceError('HR_USAGE', `There is no batch ${idOrName}`, {
    next: known === '' ? 'None was submitted.' : `Known: ${known}; see %batch list.`
  });
}

/** The file of a batch of this notebook, else its name. */
export function batchLabel({ id, name }: Batch, { submittedBatches }: NotebookRuntime): string {
  const file = submittedBatches.find(batch => batch.id === id)?.file;
  return file ?? name ?? 'of another notebook';
}

/** A person who types does not wait longer for a list of batches, milliseconds. */
const LIST_LIMIT_MS = 1_000;

/** Ids of batches; none before the notebook is attached, because completion starts nothing. */
export async function completeBatches(runtime: NotebookRuntime): Promise<readonly string[]> {
  if (runtime.endpoints === null) return [];
  const batches = await runtime.batches();
  return (await batches.listBatches(AbortSignal.timeout(LIST_LIMIT_MS))).map(({ id }) =>
    String(id)
  );
}
