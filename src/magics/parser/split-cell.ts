import { atStatementStart, PYTHON_START, scanLine, type PythonState } from './python-scan.ts';

/** A part of a cell. `offset` is where `text` begins in the cell, in UTF-16 units. */
export type Segment =
  | { readonly kind: 'python'; readonly text: string; readonly offset: number }
  /** `text` follows the `%`. */
  | { readonly kind: 'line'; readonly text: string; readonly offset: number }
  /** `text` follows the `%%` on the first line; the body is every line below. */
  | {
      readonly kind: 'cell';
      readonly text: string;
      readonly offset: number;
      readonly body: string;
    };

const CELL_MAGIC = /^\s*%%(?=\S)/;
const LINE_MAGIC = /^%(?=[A-Za-z_?])/;
const ONE_LINE = /^.*/;
const MAGIC_LINES = /^(?:.*\\\n)*.*/;

/**
 * A cell as its parts in order: one cell magic, or line magics and the Python between them. A `%` inside a
 * bracket, a string or a continued line is Python's operator and starts no magic.
 */
export function splitCell(code: string): readonly Segment[] {
  const text = code.replace(/\r\n/g, '\n');
  return cellMagic(text) ?? mixed(text);
}

function cellMagic(code: string): readonly Segment[] | null {
  const start = CELL_MAGIC.exec(code);
  if (start === null) return null;
  const offset = start[0].length;
  const end = code.indexOf('\n', offset);
  const header = end < 0 ? code.slice(offset) : code.slice(offset, end);
  return [{ kind: 'cell', text: header, offset, body: end < 0 ? '' : code.slice(end + 1) }];
}

interface Line {
  readonly text: string;
  readonly offset: number;
  readonly magic: boolean;
}

/** Lines of the cell; a magic whose lines end with a backslash is one line. */
function* lines(code: string): Generator<Line> {
  let state: PythonState = PYTHON_START;
  for (let offset = 0; offset <= code.length;) {
    const magic = atStatementStart(state) && LINE_MAGIC.test(code.slice(offset, offset + 2));
    const text = (magic ? MAGIC_LINES : ONE_LINE).exec(code.slice(offset))?.[0] ?? '';
    if (!magic) state = scanLine(state, text);
    yield { text, offset, magic };
    offset += text.length + 1;
  }
}

function mixed(code: string): readonly Segment[] {
  const segments: Segment[] = [];
  for (const { text, offset, magic } of lines(code)) {
    const last = segments.at(-1);
    if (magic)
      segments.push({ kind: 'line', text: joinContinued(text.slice(1)), offset: offset + 1 });
    else if (last?.kind === 'python')
      segments.splice(-1, 1, { ...last, text: `${last.text}\n${text}` });
    else segments.push({ kind: 'python', text, offset });
  }
  return segments.filter(segment => segment.kind !== 'python' || segment.text.trim() !== '');
}

/** A backslash and its line end become two blanks, so that offsets stay true. */
function joinContinued(text: string): string {
  return text.replace(/\\\n/g, '  ');
}
