import type { Token } from './sql-tokens.ts';

/** `window(column, length)` of a query. */
export interface WindowCall {
  /** In lower case, without the table. */
  readonly column: string;
  readonly lengthMs: number;
  /** What it is called where it is not selected. */
  readonly name: string;
}

/** Milliseconds of the units that a window's length may have. */
const UNITS: ReadonlyMap<string, number> = new Map([
  ['microsecond', 0.001],
  ['millisecond', 1],
  ['second', 1_000],
  ['minute', 60_000],
  ['hour', 3_600_000],
  ['day', 86_400_000],
  ['week', 604_800_000]
]);

/** The call at the start of the tokens, and how many of them it takes; null where there is none. */
export function windowCall(
  tokens: readonly Token[]
): { readonly window: WindowCall; readonly length: number } | null {
  const [word, open] = tokens;
  if (word?.kind !== 'name' || word.text !== 'window' || open?.text !== '(') return null;
  const end = tokens.findIndex(token => token.text === ')' && token.depth === open.depth);
  const [column, length] = argumentsOf(tokens.slice(2, end), open.depth + 1);
  const name = column?.at(-1);
  const lengthMs = length === undefined ? null : durationMs(length);
  if (end === -1 || name?.kind !== 'name' || lengthMs === null) return null;
  return { window: { column: name.text, lengthMs, name: nameAfter(tokens, end) }, length: end + 1 };
}

/** All windows of a query, selected or only grouped by. */
export function windowCalls(tokens: readonly Token[]): WindowCall[] {
  return tokens.flatMap((_, at) => windowCall(tokens.slice(at))?.window ?? []);
}

function argumentsOf(tokens: readonly Token[], depth: number): Token[][] {
  const found: Token[][] = [[]];
  for (const token of tokens)
    if (token.text === ',' && token.depth === depth) found.push([]);
    else found.at(-1)?.push(token);
  return found;
}

function nameAfter(tokens: readonly Token[], end: number): string {
  const alias = tokens[end + 1]?.text === 'as' ? tokens[end + 2] : undefined;
  return alias?.kind === 'name' ? alias.text : 'window';
}

/** `'10 seconds'`, `'1 minute 30 seconds'`, `INTERVAL 10 SECONDS`; null for anything else. */
function durationMs(tokens: readonly Token[]): number | null {
  const text = tokens.map(token => token.text.toLowerCase()).join(' ');
  const parts = text.replace(/^\s*interval\b/, '').matchAll(/\s*(\d+(?:\.\d+)?)\s*([a-z]+)|\S/g);
  let sum = 0;
  for (const [, count, unit] of parts) {
    const unitMs = UNITS.get(unit?.replace(/s$/, '') ?? '');
    if (count === undefined || unitMs === undefined) return null;
    sum += Number(count) * unitMs;
  }
  return sum > 0 ? sum : null;
}
