import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import os from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { projectFiles } from '../../src/setup/project.ts';
import { copyExamples } from '../../src/setup/start/working-copy.ts';

export const PROJECT = projectFiles();

export interface Ended {
  readonly status: number | null;
  readonly output: string;
}

/** A folder with the examples, removed after the callback. */
export async function withExamples<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'headrace-notebooks-'));
  try {
    await copyExamples(PROJECT, folder);
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Python of the private environment, which has the clients of Jupyter. */
export function testPython(): string {
  const program = process.env['HEADRACE_TEST_PYTHON'];
  assert.ok(program !== undefined, 'HEADRACE_TEST_PYTHON is not set: run npm test -- notebooks');
  return program;
}

/** Runs a program of the private Python environment: `python -m MODULE ...` or a script. */
export async function python(folder: string, ...args: string[]): Promise<Ended> {
  const child = spawn(testPython(), args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  const [out, error] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    child.exitCode === null ? once(child, 'close') : undefined
  ]);
  return { status: child.exitCode, output: out + error };
}

/** Executes an example as `npm start -- --headless` does; gives its page. */
export async function executeToPage(folder: string, name: string): Promise<string> {
  const page = path.join(folder, 'page.html');
  const ended = await python(folder, PROJECT.notebookRunner, path.join(folder, name), page, folder);
  assert.equal(ended.status, 0, ended.output);
  return readFile(page, 'utf8');
}

/** Writes a notebook of these code cells; papermill replaces the values of the one at `parameters`. */
export async function writeNotebook(
  file: string,
  cells: readonly string[],
  parameters = -1
): Promise<void> {
  const notebook = {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {
      kernelspec: { name: 'headrace', display_name: 'Headrace (PySpark)', language: 'python' }
    },
    cells: cells.map((source, index) => ({
      id: `cell-${index}`,
      cell_type: 'code',
      source,
      metadata: index === parameters ? { tags: ['parameters'] } : {},
      execution_count: null,
      outputs: []
    }))
  };
  await writeFile(file, JSON.stringify(notebook));
}

/** The rows of the only table of a page that has exactly these columns. */
export function tableOf(page: string, columns: readonly string[]): string[][] {
  const tables = [...page.matchAll(/<table>[\s\S]*?<\/table>/g)].map(match =>
    [...match[0].matchAll(/<tr>([\s\S]*?)<\/tr>/g)].map(row =>
      [...(row[1] ?? '').matchAll(/<t[hd][^>]*>([\s\S]*?)<\/t[hd]>/g)].map(cell => cell[1] ?? '')
    )
  );
  const found = tables.filter(([head]) => head?.join() === columns.join());
  assert.equal(found.length, 1, `tables with the columns ${columns.join()}`);
  return found[0]?.slice(1) ?? [];
}
