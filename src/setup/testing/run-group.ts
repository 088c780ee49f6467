import { createWriteStream } from 'node:fs';
import path from 'node:path';
import { finished } from 'node:stream/promises';
import { toHeadraceError } from '../../shared/errors.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { GroupContext, GroupOutcome, TestGroup } from './group.ts';

/** Lines of a failed group's log that are shown at once; the rest is in its file. */
const EXCERPT_LINES = 80;

/** Runs one group with a log of its own. Whatever it throws is one failed test. */
export async function runGroup(
  group: TestGroup,
  context: Omit<GroupContext, 'log'>,
  clock: Clock
): Promise<GroupOutcome> {
  const startedAt = clock.now();
  const logFile = path.join(context.sandbox.logs, `${group.name}.log`);
  const file = createWriteStream(logFile);
  const recent: string[] = [];
  const log = (line: string) => {
    recent.push(line);
    if (recent.length > EXCERPT_LINES) recent.shift();
    file.write(`${line}\n`);
  };
  const tally = await group.run({ ...context, log }).catch((error: unknown) => {
    log(toHeadraceError(error).line);
    return { passed: 0, failed: 1 };
  });
  file.end();
  await finished(file);
  return {
    name: group.name,
    ...tally,
    seconds: (clock.now() - startedAt) / 1_000,
    logFile,
    excerpt: tally.failed === 0 ? [] : recent
  };
}
