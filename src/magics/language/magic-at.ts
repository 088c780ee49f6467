import type { MagicDefinition, MagicKind } from '../contract.ts';
import { splitCell } from '../parser/split-cell.ts';
import { readWord } from '../parser/words.ts';

/** The magic line at a place in a cell. */
export interface MagicAt {
  readonly kind: MagicKind;
  /** Text after the percent signs. */
  readonly line: string;
  /** Where the line begins in the cell. */
  readonly offset: number;
  /** The place, counted from the beginning of the line. */
  readonly cursor: number;
  /** The magics that the line may mean: one where its action is written, none where its name is unknown. */
  readonly forms: readonly MagicDefinition[];
  /** Where the arguments begin: after the name, or after the action. */
  readonly argumentsAt: number;
}

/** What the line at the cursor means so far; null in Python and in the body of a cell magic. */
export function magicAt(
  magics: readonly MagicDefinition[],
  code: string,
  cursor: number
): MagicAt | null {
  const segment = splitCell(code).find(
    each =>
      each.kind !== 'python' && each.offset <= cursor && cursor <= each.offset + each.text.length
  );
  if (segment === undefined || segment.kind === 'python') return null;
  const { kind, text: line, offset } = segment;
  const name = readWord(line, 0);
  const named = magics.filter(magic => magic.name === name?.text && magic.kinds.includes(kind));
  const word = name === null ? null : readWord(line, name.end);
  const chosen = named.filter(magic => magic.action !== undefined && magic.action === word?.text);
  const at = { kind, line, offset, cursor: cursor - offset };
  return chosen.length > 0
    ? { ...at, forms: chosen, argumentsAt: word?.end ?? 0 }
    : { ...at, forms: named, argumentsAt: name?.end ?? 0 };
}
