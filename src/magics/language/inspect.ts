import type { MagicDefinition } from '../contract.ts';
import { fieldsOf } from '../parser/fields.ts';
import { readWords } from '../parser/words.ts';
import { fieldHelp, helpMarkdown } from '../reference/help.ts';
import { magicAt } from './magic-at.ts';

/** Markdown about the magic, or about the flag of it, at the cursor; null in Python. */
export function inspectCode(
  magics: readonly MagicDefinition[],
  code: string,
  cursor: number
): string | null {
  const found = magicAt(magics, code, cursor);
  if (found === null) return null;
  const [form] = found.forms;
  if (form === undefined) return null;
  const word = readWords(found.line).find(
    each => each.start <= found.cursor && found.cursor <= each.end
  );
  const flag = word?.text.split('=')[0] ?? '';
  const field = fieldsOf(form).find(each => each.flag === flag && !each.positional);
  if (field !== undefined) return `\`${field.flag}\` ${fieldHelp(field)}`;
  return found.forms.map(magic => helpMarkdown(magic, 3)).join('\n');
}
