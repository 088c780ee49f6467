import { createHash, randomBytes } from 'node:crypto';
import path from 'node:path';
import { z } from 'zod';

/** Longest readable part: the id is in topic names, which may have 249 characters in all. */
const SLUG_LENGTH = 32;
const HASH_LENGTH = 8;

const environmentSchema = z.object({ JPY_SESSION_NAME: z.string().min(1).optional() });

/**
 * The id of the notebook of this kernel: readable name and short hash of its path, the same after each
 * kernel restart. Jupyter Server names the path in `JPY_SESSION_NAME`; a client that does not (nbconvert,
 * papermill) gets a new id each time, so that two runs never share state.
 */
export function notebookId(environment: Readonly<Record<string, string | undefined>>): string {
  const { JPY_SESSION_NAME: session } = environmentSchema.parse(environment);
  if (session === undefined) return `run-${randomBytes(HASH_LENGTH / 2).toString('hex')}`;
  const hash = createHash('sha256').update(session).digest('hex').slice(0, HASH_LENGTH);
  return `${slug(path.basename(session, path.extname(session)))}-${hash}`;
}

function slug(name: string): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, SLUG_LENGTH)
    .replace(/^-|-$/g, '');
  return plain === '' ? 'notebook' : plain;
}
