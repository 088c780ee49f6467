import type { StatementKind } from '../../runtime/livy/port.ts';
import type { MagicDefinition } from '../contract.ts';
import { parseArguments, HELP_ASKED } from '../parser/arguments.ts';
import { splitCell } from '../parser/split-cell.ts';
import { magicAt } from './magic-at.ts';

/** Code for Spark at a place in a cell. */
export interface StatementAt {
  readonly code: string;
  readonly kind: StatementKind;
  /** The place in `code`, and in the cell, in UTF-16 units. */
  readonly cursor: number;
  readonly place: number;
  /** Short name of the session that the cell asks for. */
  readonly session: string | undefined;
}

/** The Python at the cursor, or the body of a cell magic that holds code; null elsewhere. */
export function statementAt(
  magics: readonly MagicDefinition[],
  cell: string,
  place: number
): StatementAt | null {
  for (const segment of splitCell(cell)) {
    if (segment.kind === 'cell') {
      const bodyAt = segment.offset + segment.text.length + 1;
      const magic = magicAt(magics, cell, segment.offset)?.forms[0];
      if (magic?.bodyKind === undefined || place < bodyAt) return null;
      const session = sessionOf(magic, segment.text.slice(magic.name.length));
      const cursor = place - bodyAt;
      return { code: segment.body, kind: magic.bodyKind, cursor, place, session };
    }
    const cursor = place - segment.offset;
    if (segment.kind === 'python' && cursor >= 0 && cursor <= segment.text.length)
      return { code: segment.text, kind: 'pyspark', cursor, place, session: undefined };
  }
  return null;
}

/** A line that cannot be parsed yet asks for no session. */
function sessionOf(magic: MagicDefinition, line: string): string | undefined {
  try {
    const args = parseArguments(magic, line);
    const session = args === HELP_ASKED ? undefined : args['session'];
    return typeof session === 'string' ? session : undefined;
  } catch {
    return undefined;
  }
}
