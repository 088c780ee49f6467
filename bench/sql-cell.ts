import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { runProgram } from '../src/local/child.ts';
import { HeadraceError } from '../src/shared/errors.ts';
import { distribution } from './percentiles.ts';
import type { Distribution } from './percentiles.ts';
import { SMALL_VIEW, STATEMENTS } from './round-trips.ts';
import type { Workbench } from './workbench.ts';

/** A `%sql` cell from request to reply in a kernel's process, and its statement alone, milliseconds. */
export interface SqlCell {
  readonly cell: Distribution;
  readonly rest: Distribution;
}

const ROUNDS = 100;
const timesSchema = z.object({ cell: z.array(z.number()), rest: z.array(z.number()) });

/** In Python, because that is where the Jupyter client is; the kernel gets a session of its own. */
export async function measureSqlCell(bench: Workbench): Promise<SqlCell> {
  const { environment, livy, signal } = bench;
  const folder = await mkdtemp(path.join(os.tmpdir(), 'headrace-bench-cell-'));
  try {
    const program = fileURLToPath(new URL('sql_cell.py', import.meta.url));
    const end = await runProgram(
      environment.python,
      [program, livy.url, livy.token, String(ROUNDS), SMALL_VIEW, STATEMENTS.sql],
      { cwd: folder, signal }
    );
    const last = end.lines.at(-1) ?? '';
    if (end.code !== 0) throw new HeadraceError('HR_PROCESS', `The cells did not run: ${last}`);
    const { cell, rest } = timesSchema.parse(JSON.parse(last));
    return { cell: distribution(cell), rest: distribution(rest) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
