import type { CellContext, CellLanguage, MagicDefinition } from './contract.ts';
import { completeCode } from './language/complete.ts';
import { inspectCode } from './language/inspect.ts';
import { withInterruptReport } from './language/interrupt.ts';
import { isCodeComplete } from './language/is-complete.ts';
import { executeSegment } from './language/execute.ts';
import { splitCell } from './parser/split-cell.ts';
import { MAGICS } from './registry.ts';

export interface LanguageOptions {
  readonly magics?: readonly MagicDefinition[];
  /** Starts the local stack at the first cell that needs it, for runs without a person. */
  readonly autoProvision?: boolean;
}

/** The language of the cells: magics, and PySpark between them. */
export function createCellLanguage(options: LanguageOptions = {}): CellLanguage {
  const { magics = MAGICS, autoProvision = false } = options;
  let running = 0;
  return {
    async execute(code, context) {
      running += 1;
      try {
        await withInterruptReport(context, () => executeCell(code, magics, autoProvision, context));
      } finally {
        running -= 1;
      }
    },
    complete: (code, cursor, runtime, signal) =>
      completeCode({ magics, code, cursor, runtime, signal, busy: running > 0 }),
    inspect: (code, cursor) => inspectCode(magics, code, cursor),
    isComplete: isCodeComplete
  };
}

async function executeCell(
  code: string,
  magics: readonly MagicDefinition[],
  autoProvision: boolean,
  context: CellContext
): Promise<void> {
  for (const segment of splitCell(code))
    await executeSegment(segment, { magics, autoProvision, context });
}
