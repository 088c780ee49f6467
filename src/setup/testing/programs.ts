import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { runProgram } from '../../local/child.ts';
import type { GroupContext } from './group.ts';
import { nodeTally, pytestTally, settleTally } from './tally.ts';
import type { Tally } from './tally.ts';

/** A unit test that hangs is ended by this, so that the whole run ends too. */
const TEST_LIMIT_MS = 600_000;

/** Test files below a folder of the project whose names end in `suffix`, relative to the project. */
export async function testFiles(
  context: GroupContext,
  folder: string,
  suffix: string
): Promise<readonly string[]> {
  const root = path.join(context.project.root, folder);
  const names = await readdir(root, { recursive: true }).catch(() => []);
  return names
    .filter(name => name.endsWith(suffix))
    .map(name => path.join(folder, name))
    .sort();
}

/** Runs files of node:test, `parallel` at a time. */
export async function runNodeTests(
  context: GroupContext,
  files: readonly string[],
  env: NodeJS.ProcessEnv,
  parallel: number
): Promise<Tally> {
  context.log(`${files.length} files`);
  if (files.length === 0) return settleTally({ passed: 0, failed: 0 }, 0);
  const args = [
    '--import',
    'tsx',
    '--test',
    '--test-reporter=spec',
    `--test-concurrency=${parallel}`,
    `--test-timeout=${TEST_LIMIT_MS}`,
    ...files
  ];
  const end = await run(context, process.execPath, args, env);
  return settleTally(nodeTally(end.lines), end.code);
}

/** Runs pytest on folders or files of the project. */
export async function runPytest(
  context: GroupContext,
  targets: readonly string[],
  env: NodeJS.ProcessEnv
): Promise<Tally> {
  const args = ['-m', 'pytest', '-p', 'no:cacheprovider', ...targets];
  const end = await run(context, context.installation.environment.python, args, env);
  return settleTally(pytestTally(end.lines), end.code);
}

/** Runs a program whose status is the whole result: one test. */
export async function runCheck(
  context: GroupContext,
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv
): Promise<Tally> {
  const end = await run(context, program, args, env);
  return end.code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

function run(
  context: GroupContext,
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv
) {
  context.log(`$ ${[path.basename(program), ...args].join(' ')}`);
  return runProgram(program, args, {
    cwd: context.project.root,
    env,
    signal: context.signal,
    onLine: context.log
  });
}
