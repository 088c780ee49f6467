import { readFile } from 'node:fs/promises';
import { z } from 'zod';

const notebookSchema = z.object({
  metadata: z.object({ headrace: z.object({ makes: z.string() }).optional() })
});

/**
 * Whether a notebook says in its metadata that it makes machines on AWS, which cost money: such a notebook is run by a
 * person only. One that cannot be read does not say so, and fails where it is run.
 */
export async function makesAws(notebook: string): Promise<boolean> {
  try {
    const read = notebookSchema.safeParse(JSON.parse(await readFile(notebook, 'utf8')));
    return read.success && read.data.metadata.headrace?.makes === 'aws';
  } catch {
    return false;
  }
}
