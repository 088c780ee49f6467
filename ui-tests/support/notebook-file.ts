import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

/** A cell with code, and what a notebook file says it has put out. */
export interface CellOnFile {
  readonly source: string;
  /** MIME bundles, as they stand in the file. */
  readonly outputs?: readonly Readonly<Record<string, unknown>>[];
}

/**
 * Writes a notebook of the Headrace kernel, or of another of the same language, into the folder that JupyterLab shows. Nobody has signed it,
 * so JupyterLab does not trust what its outputs hold.
 */
export async function writeNotebook(
  root: string,
  name: string,
  cells: readonly (string | CellOnFile)[],
  kernel = 'headrace'
): Promise<string> {
  const file = path.join(root, name);
  const notebook = {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {
      kernelspec: { name: kernel, display_name: 'Headrace (PySpark)', language: 'python' },
      language_info: { name: 'python' }
    },
    cells: cells.map((cell, index) =>
      cellOnFile(typeof cell === 'string' ? { source: cell } : cell, index)
    )
  };
  await writeFile(file, JSON.stringify(notebook, null, 1));
  return file;
}

function cellOnFile({ source, outputs = [] }: CellOnFile, index: number): object {
  return {
    cell_type: 'code',
    id: `cell-${index}`,
    metadata: {},
    execution_count: outputs.length === 0 ? null : index + 1,
    source,
    outputs: outputs.map(data => ({ output_type: 'display_data', metadata: {}, data }))
  };
}

const outputSchema = z.looseObject({
  output_type: z.string(),
  evalue: z.string().optional(),
  data: z.record(z.string(), z.unknown()).default({})
});
const fileSchema = z.object({
  cells: z.array(z.object({ outputs: z.array(outputSchema).default([]) }))
});

/** The outputs that a notebook file holds, in their order. */
export async function savedOutputs(file: string): Promise<readonly z.infer<typeof outputSchema>[]> {
  return fileSchema
    .parse(JSON.parse(await readFile(file, 'utf8')))
    .cells.flatMap(({ outputs }) => outputs);
}

/** What the cells of a notebook file failed with. */
export async function cellErrors(file: string): Promise<readonly string[]> {
  const outputs = await savedOutputs(file);
  return outputs.flatMap(({ output_type, evalue = '' }) =>
    output_type === 'error' ? [evalue] : []
  );
}
