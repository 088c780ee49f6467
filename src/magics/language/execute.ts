import { LOCAL_TARGET } from '../../runtime/profile/profile.ts';
import type { CellContext, MagicDefinition } from '../contract.ts';
import { helpFor } from '../help/index.ts';
import { withProgress } from '../output/progress.ts';
import { HELP_ASKED, parseArguments } from '../parser/arguments.ts';
import { resolveMagic } from '../parser/resolve.ts';
import type { Segment } from '../parser/split-cell.ts';
import { helpText } from '../reference/help.ts';
import { runCode } from '../statement/run-code.ts';

export interface Execution {
  readonly magics: readonly MagicDefinition[];
  readonly autoProvision: boolean;
  readonly context: CellContext;
}

/** Magics that work before anything is provisioned, and so never provision by themselves. */
const NEEDS_NOTHING = ['provision', 'help', 'interpreter', 'configure', 'status', 'stop'];

/** Runs one part of a cell. */
export async function executeSegment(segment: Segment, execution: Execution): Promise<void> {
  const { magics, context } = execution;
  if (segment.kind === 'python') {
    await provisionIfAsked(execution);
    return runCode(segment.text, 'pyspark', context);
  }
  const resolved = resolveMagic(magics, segment.kind, segment.text);
  if ('helpFor' in resolved) {
    context.display.stdout(`${helpFor(magics, [resolved.helpFor])}\n`);
    return;
  }
  const { magic, argumentsAt } = resolved;
  const args = parseArguments(magic, segment.text.slice(argumentsAt));
  if (args === HELP_ASKED) {
    context.display.stdout(`${helpText(magic)}\n`);
    return;
  }
  if (!NEEDS_NOTHING.includes(magic.name)) await provisionIfAsked(execution);
  await magic.run(args, segment.kind === 'cell' ? segment.body : null, context);
}

async function provisionIfAsked({ autoProvision, context }: Execution): Promise<void> {
  const { runtime, signal } = context;
  if (!autoProvision || runtime.endpoints !== null) return;
  // A notebook of a new kernel that was on another target goes back there by itself.
  if (![null, LOCAL_TARGET].includes(runtime.targets.current)) return;
  await withProgress(context, {
    title: 'Starting the local stack',
    work: onProgress => runtime.provisionLocal(onProgress, signal),
    summary: (_endpoints, elapsed) => `Local stack ready after ${elapsed}.`
  });
}
