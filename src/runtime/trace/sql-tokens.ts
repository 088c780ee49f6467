/** A word, name, literal or sign of a SQL text. */
export interface Token {
  /** As it is written; a name in backquotes without them, in lower case as Spark compares names. */
  readonly text: string;
  readonly kind: 'name' | 'string' | 'number' | 'sign';
  /** Parentheses around it; one itself is as deep as what it stands in. */
  readonly depth: number;
}

const TOKEN =
  /(--[^\n]*|\/\*[\s\S]*?\*\/|\s+)|(`(?:[^`]|``)*`|[\p{L}_][\p{L}\p{N}_]*)|('(?:[^'\\]|\\[\s\S]|'')*'|"(?:[^"\\]|\\[\s\S]|"")*")|(\d+(?:\.\d+)?\w*)|([\s\S])/gu;

/** The text in parts, without comments. */
export function sqlTokens(text: string): Token[] {
  const tokens: Token[] = [];
  let depth = 0;
  for (const [, space, name, string, number, sign] of text.matchAll(TOKEN)) {
    if (space !== undefined) continue;
    if (sign === ')') depth -= 1;
    if (name !== undefined) tokens.push({ text: nameOf(name), kind: 'name', depth });
    else if (string !== undefined)
      tokens.push({ text: string.slice(1, -1), kind: 'string', depth });
    else if (number !== undefined) tokens.push({ text: number, kind: 'number', depth });
    else if (sign !== undefined) tokens.push({ text: sign, kind: 'sign', depth });
    if (sign === '(') depth += 1;
  }
  return tokens;
}

/** Clauses that decide which records count, as far as the text has them. */
export function filtersOf(tokens: readonly Token[]): string[] {
  return ['WHERE', 'HAVING', 'JOIN'].filter(clause =>
    tokens.some(({ kind, text }) => kind === 'name' && text === clause.toLowerCase())
  );
}

function nameOf(text: string): string {
  const bare = text.startsWith('`') ? text.slice(1, -1).replaceAll('``', '`') : text;
  return bare.toLowerCase();
}
