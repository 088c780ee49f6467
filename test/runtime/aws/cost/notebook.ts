import { readFileSync } from 'node:fs';
import { z } from 'zod';

const cellSchema = z
  .discriminatedUnion('cell_type', [
    z.strictObject({
      cell_type: z.literal('markdown'),
      id: z.string(),
      metadata: z.strictObject({}),
      source: z.array(z.string())
    }),
    z.strictObject({
      cell_type: z.literal('code'),
      id: z.string(),
      metadata: z.strictObject({}),
      execution_count: z.null(),
      outputs: z.array(z.never()),
      source: z.array(z.string())
    })
  ])
  .transform(({ cell_type, id, source }) => ({ kind: cell_type, id, source: source.join('') }));

/** A notebook as it is kept: format 4.5, our kernel, no outputs. */
const notebookSchema = z.strictObject({
  cells: z.array(cellSchema),
  metadata: z.strictObject({
    headrace: z.strictObject({ makes: z.literal('aws') }),
    kernelspec: z.strictObject({
      display_name: z.literal('Headrace (PySpark)'),
      language: z.literal('python'),
      name: z.literal('headrace')
    }),
    language_info: z.unknown()
  }),
  nbformat: z.literal(4),
  nbformat_minor: z.literal(5)
});
export type Notebook = z.infer<typeof notebookSchema>;

export function readNotebook(name: string): Notebook {
  const file = new URL(`../../../../examples/${name}`, import.meta.url);
  return notebookSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
}
