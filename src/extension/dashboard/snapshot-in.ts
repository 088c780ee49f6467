import { z } from 'zod';
import { VIEW_MIME } from '../../shared/names.ts';
import type { ViewSnapshot } from '../../shared/view.ts';
import { readSnapshot } from '../link/read-message.ts';

/** The part of a notebook that is looked through. */
const notebookSchema = z.object({
  cells: z.array(
    z.object({
      outputs: z
        .array(z.object({ data: z.record(z.string(), z.unknown()).catch({}) }).catch({ data: {} }))
        .catch([])
    })
  )
});

/** What a notebook keeps of a view, in the last output that has it; null where there is none. */
export function snapshotIn(notebook: unknown, id: string): ViewSnapshot | null {
  const parsed = notebookSchema.safeParse(notebook);
  const outputs = parsed.data?.cells.flatMap(cell => cell.outputs) ?? [];
  const found = outputs
    .map(({ data }) => readSnapshot(data[VIEW_MIME]))
    .filter(snapshot => snapshot?.view.id === id);
  return found.at(-1) ?? null;
}
