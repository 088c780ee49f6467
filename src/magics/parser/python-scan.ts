/** What is still open after some lines of Python. */
export interface PythonState {
  /** Open brackets, outermost first. */
  readonly brackets: readonly string[];
  /** Delimiter of the triple-quoted string that the text ends in. */
  readonly string: string | null;
  /** The last line ended with a backslash. */
  readonly continued: boolean;
  /** First fault that no further line can repair, as one clause. */
  readonly fault: string | null;
}

export const PYTHON_START: PythonState = {
  brackets: [],
  string: null,
  continued: false,
  fault: null
};

const CLOSES: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };
/** One step through a line outside a string: a comment, a string opening, a bracket, or plain text. */
const TOKEN = /#.*|'''|"""|['"]|[()[\]{}]|\\$|[^#'"()[\]{}\\]+|\\/y;

/** Whether a statement may begin on the next line. */
export function atStatementStart(state: PythonState): boolean {
  return state.brackets.length === 0 && state.string === null && !state.continued;
}

/** The state after one more line, given without its line end. */
export function scanLine(before: PythonState, line: string): PythonState {
  const cursor = new LineCursor(before, line);
  while (!cursor.done) cursor.step();
  return cursor.state;
}

/** The state after a whole text. */
export function scanPython(code: string): PythonState {
  return code.split('\n').reduce(scanLine, PYTHON_START);
}

class LineCursor {
  readonly #line: string;
  #position = 0;
  #brackets: string[];
  #string: string | null;
  #continued = false;
  #fault: string | null;

  constructor(before: PythonState, line: string) {
    this.#line = line;
    this.#brackets = [...before.brackets];
    this.#string = before.string;
    this.#fault = before.fault;
  }

  get done(): boolean {
    return this.#position >= this.#line.length;
  }

  get state(): PythonState {
    return {
      brackets: this.#brackets,
      string: this.#string,
      continued: this.#continued,
      fault: this.#fault
    };
  }

  step(): void {
    if (this.#string === null) this.#code();
    else this.#inString(this.#string);
  }

  #code(): void {
    TOKEN.lastIndex = this.#position;
    const token = TOKEN.exec(this.#line)?.[0] ?? this.#line.slice(this.#position);
    this.#position += token.length;
    if (token === '\\') this.#continued = this.done;
    else if (/^['"]/.test(token)) this.#string = token;
    else if (/^[([{]$/.test(token)) this.#brackets.push(token);
    else if (token in CLOSES) this.#close(token);
  }

  #close(bracket: string): void {
    const open = this.#brackets.pop();
    if (open !== CLOSES[bracket]) this.#fault ??= `the closing ${bracket} has no partner`;
  }

  #inString(delimiter: string): void {
    const end = endOfString(this.#line, this.#position, delimiter);
    if (end !== null) {
      this.#position = end;
      this.#string = null;
      return;
    }
    this.#position = this.#line.length;
    if (delimiter.length === 3 || this.#line.endsWith('\\')) return;
    this.#string = null;
    this.#fault ??= 'a string is not closed on its line';
  }
}

/** Offset after the closing delimiter, or null when the line ends first. */
function endOfString(line: string, from: number, delimiter: string): number | null {
  for (let at = from; at < line.length; at++) {
    if (line[at] === '\\') at++;
    else if (line.startsWith(delimiter, at)) return at + delimiter.length;
  }
  return null;
}
