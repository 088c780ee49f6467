/** A word of a line; `start` and `end` are offsets of its source, quotes included. */
export interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** False when a quote is still open at the end of the line. */
  readonly closed: boolean;
}

/**
 * The next word at or after an offset, by the rules of a POSIX shell: blanks part words, single quotes keep
 * everything, double quotes keep all but a backslash before `"` or `\`, and a word that begins with `#`
 * begins a comment. Null at the end of the line.
 */
export function readWord(line: string, from: number): Word | null {
  const start = from + (/^\s*/.exec(line.slice(from))?.[0].length ?? 0);
  if (start >= line.length || line[start] === '#') return null;
  let text = '';
  let at = start;
  while (at < line.length && !/\s/.test(line[at] ?? '')) {
    const piece = readPiece(line, at);
    text += piece.text;
    at = piece.end;
    if (!piece.closed) return { text, start, end: at, closed: false };
  }
  return { text, start, end: at, closed: true };
}

/** All words of a line. */
export function readWords(line: string, from = 0): readonly Word[] {
  const words: Word[] = [];
  for (let word = readWord(line, from); word !== null; word = readWord(line, word.end))
    words.push(word);
  return words;
}

interface Piece {
  readonly text: string;
  readonly end: number;
  readonly closed: boolean;
}

/** A quoted stretch, an escaped character, or one plain character. */
function readPiece(line: string, at: number): Piece {
  const first = line[at] ?? '';
  if (first === "'") return readSingleQuoted(line, at + 1);
  if (first === '"') return readDoubleQuoted(line, at + 1);
  if (first === '\\' && at + 1 < line.length)
    return { text: line[at + 1] ?? '', end: at + 2, closed: true };
  return { text: first, end: at + 1, closed: true };
}

function readSingleQuoted(line: string, from: number): Piece {
  const end = line.indexOf("'", from);
  return end < 0
    ? { text: line.slice(from), end: line.length, closed: false }
    : { text: line.slice(from, end), end: end + 1, closed: true };
}

function readDoubleQuoted(line: string, from: number): Piece {
  let text = '';
  for (let at = from; at < line.length; at++) {
    if (line[at] === '"') return { text, end: at + 1, closed: true };
    if (line[at] === '\\' && /["\\]/.test(line[at + 1] ?? '')) at++;
    text += line[at] ?? '';
  }
  return { text, end: line.length, closed: false };
}

/** A text as one word that {@link readWord} reads back unchanged. */
export function quoteWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'"'"'`)}'`;
}
