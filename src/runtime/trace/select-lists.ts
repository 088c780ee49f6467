import { windowCall, type WindowCall } from './sql-window.ts';
import type { Token } from './sql-tokens.ts';

/** What an item of a SELECT list is, as far as it can be followed to a column. */
export type Expression =
  | { readonly kind: 'column'; readonly path: readonly string[] }
  | { readonly kind: 'window'; readonly window: WindowCall; readonly field: string }
  | { readonly kind: 'other' };

export interface SelectItem {
  /** What the column is called, in lower case. */
  readonly name: string;
  readonly is: Expression;
}

/** One SELECT list. */
export interface SelectList {
  readonly depth: number;
  readonly items: readonly SelectItem[];
  /** Whether it also has `*`. */
  readonly all: boolean;
}

/** What a subquery stands behind whose rows are those of the query around it. */
const OF_ROWS = ['from', 'join', 'as'];

/** The SELECT lists whose columns a query passes on, from the outside in. */
export function selectLists(tokens: readonly Token[]): SelectList[] {
  return tokens
    .flatMap((token, at) => (isWord(token, 'select') && givesRows(tokens, at) ? [at] : []))
    .map(at => listAt(tokens, at))
    .sort((left, right) => left.depth - right.depth);
}

function givesRows(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 2];
  return tokens[at - 1]?.text !== '(' || before === undefined || OF_ROWS.includes(before.text);
}

function listAt(tokens: readonly Token[], at: number): SelectList {
  const depth = tokens[at]?.depth ?? 0;
  const rest = tokens.slice(at + 1);
  const end = rest.findIndex(
    token => token.depth < depth || (token.depth === depth && isWord(token, 'from'))
  );
  const listed = end === -1 ? rest : rest.slice(0, end);
  const items = splitAt(listed.slice(isQuantifier(listed[0]) ? 1 : 0), depth);
  return {
    depth,
    items: items.flatMap(item => itemOf(item) ?? []),
    all: items.some(item => item.at(-1)?.text === '*' && item.length !== 2)
  };
}

function isQuantifier(token: Token | undefined): boolean {
  return isWord(token, 'distinct') || isWord(token, 'all');
}

function splitAt(tokens: readonly Token[], depth: number): Token[][] {
  const items: Token[][] = [[]];
  for (const token of tokens)
    if (token.text === ',' && token.kind === 'sign' && token.depth === depth) items.push([]);
    else items.at(-1)?.push(token);
  return items;
}

function itemOf(tokens: readonly Token[]): SelectItem | null {
  const last = tokens.at(-1);
  const before = tokens.at(-2);
  if (last === undefined) return null;
  const named = last.kind === 'name' && before !== undefined && before.text !== '.';
  const body = tokens.slice(0, named ? (isWord(before, 'as') ? -2 : -1) : undefined);
  const is = expressionOf(body);
  const name = named ? last.text : ownName(is);
  return name === null ? null : { name, is };
}

function ownName(is: Expression): string | null {
  if (is.kind === 'column') return is.path.at(-1) ?? null;
  if (is.kind === 'window') return is.field === '' ? 'window' : is.field;
  return null;
}

function expressionOf(tokens: readonly Token[]): Expression {
  const path = pathOf(tokens);
  if (path !== null) return { kind: 'column', path };
  const found = windowCall(tokens);
  if (found === null) return { kind: 'other' };
  const [dot, field, ...more] = tokens.slice(found.length);
  if (dot === undefined) return { kind: 'window', window: found.window, field: '' };
  const isField = dot.text === '.' && field !== undefined && more.length === 0;
  return isField ? { kind: 'window', window: found.window, field: field.text } : { kind: 'other' };
}

/** The parts of `a.b.c`; null for anything else. */
export function pathOf(tokens: readonly Token[]): string[] | null {
  const isPath =
    tokens.length % 2 === 1 &&
    tokens.every((token, at) => (at % 2 === 0 ? token.kind === 'name' : token.text === '.'));
  return isPath ? tokens.filter(({ kind }) => kind === 'name').map(({ text }) => text) : null;
}

function isWord(token: Token | undefined, word: string): boolean {
  return token?.kind === 'name' && token.text === word;
}
