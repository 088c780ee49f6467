import type { NotebookRuntime } from '../../runtime/notebook/port.ts';
import type { Completion, MagicDefinition } from '../contract.ts';
import { fieldsOf, type Field } from '../parser/fields.ts';
import { quoteWord, readWords, type Word } from '../parser/words.ts';
import { completeStatement } from './complete-statement.ts';
import { magicAt, type MagicAt } from './magic-at.ts';
import { statementAt } from './statement-at.ts';

export interface CompletionRequest {
  readonly magics: readonly MagicDefinition[];
  readonly code: string;
  /** In UTF-16 units. */
  readonly cursor: number;
  readonly runtime: NotebookRuntime;
  /** Ends the wait for Spark. */
  readonly signal: AbortSignal;
  /** A cell runs: Spark would answer behind it. */
  readonly busy: boolean;
}

/** Names, actions, flags and values for the word at the cursor of a magic; what Spark offers elsewhere. */
export async function completeCode(request: CompletionRequest): Promise<Completion> {
  const { magics, code, cursor, runtime, signal, busy } = request;
  const found = magicAt(magics, code, cursor) ?? bareMagicAt(code, cursor);
  if (found !== null) return completeMagic(magics, found, cursor, runtime);
  const statement = busy ? null : statementAt(magics, code, cursor);
  return statement === null
    ? { matches: [], start: cursor, end: cursor }
    : completeStatement(statement, runtime, signal);
}

async function completeMagic(
  magics: readonly MagicDefinition[],
  found: MagicAt,
  cursor: number,
  runtime: NotebookRuntime
): Promise<Completion> {
  const word = readWords(found.line.slice(0, found.cursor)).find(each => each.end === found.cursor);
  const prefix = word?.text ?? '';
  const start = word?.start ?? found.cursor;
  const equals = prefix.startsWith('--') ? prefix.indexOf('=') : -1;
  const typed = prefix.slice(equals + 1);
  const offered = await candidates(magics, found, start, prefix, runtime);
  return {
    matches: offered.filter(each => each.startsWith(typed)).map(quoteCandidate),
    start: found.offset + (equals < 0 ? start : start + equals + 1),
    end: cursor
  };
}

/** A lone `%` or `%%`, which is no magic yet. */
function bareMagicAt(code: string, cursor: number): MagicAt | null {
  const percent = /(?:^|\n)(%%?)$/.exec(code.slice(0, cursor))?.[1];
  if (percent === undefined) return null;
  const kind = percent === '%%' ? 'cell' : 'line';
  return { kind, line: '', offset: cursor, cursor: 0, forms: [], argumentsAt: 0 };
}

function quoteCandidate(text: string): string {
  return text.startsWith('--') ? text : quoteWord(text);
}

async function candidates(
  magics: readonly MagicDefinition[],
  found: MagicAt,
  start: number,
  prefix: string,
  runtime: NotebookRuntime
): Promise<readonly string[]> {
  if (start === 0) return namesOf(magics, found);
  const before = readWords(found.line.slice(0, start), found.argumentsAt);
  const actions =
    before.length === 0 && found.forms.length > 0
      ? found.forms.flatMap(magic => (start > found.argumentsAt ? (magic.action ?? []) : []))
      : [];
  const chosen = found.forms.filter(
    magic => magic.action === undefined || found.forms.length === 1
  );
  const own = await Promise.all(
    chosen.map(magic => argumentCandidates(magic, before, prefix, runtime))
  );
  const onlyAction = found.forms.length === 1 && found.forms[0]?.action !== undefined;
  return [...new Set([...(onlyAction ? [] : actions), ...own.flat()])];
}

function namesOf(magics: readonly MagicDefinition[], { kind }: MagicAt): readonly string[] {
  const names = magics.filter(magic => magic.kinds.includes(kind)).map(magic => magic.name);
  return [...new Set(names)];
}

/** Flags, or values of the argument that the word stands for. */
async function argumentCandidates(
  magic: MagicDefinition,
  before: readonly Word[],
  prefix: string,
  runtime: NotebookRuntime
): Promise<readonly string[]> {
  const fields = fieldsOf(magic);
  const [inline] = prefix.split('=');
  const last = prefix.includes('=') ? inline : before.at(-1)?.text;
  const valued = fields.find(field => field.flag === last && field.type !== 'boolean');
  if (valued !== undefined) return valuesOf(magic, valued, runtime);
  const flags = openFlags(fields, before);
  const positional = fields.find(field => field.positional);
  const values =
    positional === undefined || prefix.startsWith('-')
      ? []
      : await valuesOf(magic, positional, runtime);
  return [...values, ...flags];
}

function openFlags(fields: readonly Field[], before: readonly Word[]): readonly string[] {
  const used = new Set(before.map(word => word.text.split('=')[0]));
  return fields
    .filter(field => !field.positional && (field.repeated || !used.has(field.flag)))
    .map(field => field.flag);
}

/** A completion that fails offers nothing: an unreachable broker must not break typing. */
async function valuesOf(
  magic: MagicDefinition,
  field: Field,
  runtime: NotebookRuntime
): Promise<readonly string[]> {
  if (field.choices.length > 0) return field.choices;
  return (await magic.complete?.(field.key, runtime).catch(() => [])) ?? [];
}
