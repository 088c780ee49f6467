/** Where a text stops being JSON, and what should stand there. */
export interface JsonFault {
  /** UTF-16 units from its start; its length where it ends too soon. */
  readonly offset: number;
  /** `a value`, `"," or "}"`. */
  readonly expected: string;
}

/** Objects and lists in each other; more can be no specification, and what is very deep ends programs that copy it. */
const MAX_DEPTH = 100;

const BLANK = /[ \t\r\n]*/y;
/** Every character from the space on, without quote and backslash; or one that is escaped. */
const TEXT = /"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|true\b|false\b|null\b/y;

/** The first fault of a text as JSON, or null. `JSON.parse` of Node 20 does not always say where it is. */
export function jsonFault(text: string): JsonFault | null {
  return new Scanner(text).scan();
}

class Fault extends Error {
  constructor(readonly fault: JsonFault) {
    super(fault.expected);
  }
}

class Scanner {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  scan(): JsonFault | null {
    try {
      this.#value(0);
      this.#blank();
      if (this.#at < this.#text.length) throw this.#fault('the end');
      return null;
    } catch (error) {
      if (error instanceof Fault) return error.fault;
      throw error;
    }
  }

  #value(depth: number): void {
    this.#blank();
    if (depth > MAX_DEPTH) throw this.#fault('fewer levels');
    if (this.#takes('{')) this.#members('}', () => this.#member(depth));
    else if (this.#takes('[')) this.#members(']', () => this.#value(depth + 1));
    else if (!this.#matches(TEXT) && !this.#matches(SCALAR)) throw this.#fault('a value');
  }

  #members(end: '}' | ']', member: () => void): void {
    this.#blank();
    if (this.#takes(end)) return;
    for (;;) {
      member();
      this.#blank();
      if (this.#takes(end)) return;
      if (!this.#takes(',')) throw this.#fault(`"," or "${end}"`);
    }
  }

  #member(depth: number): void {
    this.#blank();
    if (!this.#matches(TEXT)) throw this.#fault('a name in double quotes');
    this.#blank();
    if (!this.#takes(':')) throw this.#fault('":"');
    this.#value(depth + 1);
  }

  #blank(): void {
    this.#matches(BLANK);
  }

  #takes(mark: string): boolean {
    if (this.#text[this.#at] !== mark) return false;
    this.#at += 1;
    return true;
  }

  #matches(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (found === null) return false;
    this.#at = pattern.lastIndex;
    return true;
  }

  #fault(expected: string): Fault {
    return new Fault({ offset: this.#at, expected });
  }
}
