import { JsonFault, placeOf, sourceText } from './fault.ts';
import { isIdentifierByte, literalEnd, numberEnd, stringEnd, unexpected } from './tokens.ts';

/** Depth of arrays and objects that Jackson reads. */
const MAX_DEPTH = 1_000;
const VALUES = `(JSON String, Number, Array, Object or token 'null', 'true' or 'false')`;

/** Where the value of a field of the outermost object begins, and how far Jackson has read when it looks at it. */
export interface FieldPlace {
  readonly start: number;
  readonly read: number;
}

/** What is known of a JSON text without its values. */
export interface JsonLayout {
  /** Offset after the first value; Jackson reads no further. */
  readonly end: number;
  /** Fields of the outermost object. */
  readonly fields: ReadonlyMap<string, FieldPlace>;
}

/**
 * Walks over the first JSON value of a text. Throws {@link JsonFault} in Jackson's words and at its
 * offsets, so that a client of Livy finds the mistake where Livy would show it.
 */
export function scanJson(bytes: Buffer): JsonLayout {
  const scanner = new Scanner(bytes);
  const start = scanner.skipSpace(0);
  const end = scanner.value(start, 0);
  return { end, fields: scanner.fields };
}

type Container = 'Object' | 'Array';

class Scanner {
  readonly fields = new Map<string, FieldPlace>();
  readonly #bytes: Buffer;
  #field: string | undefined;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  skipSpace(at: number): number {
    let next = at;
    while ([32, 9, 10, 13].includes(this.#bytes[next] ?? 0)) next += 1;
    return next;
  }

  /** Gives the offset after the value. */
  value(at: number, depth: number): number {
    const byte = this.#bytes[at] ?? 0;
    switch (String.fromCharCode(byte)) {
      case '{':
        return this.#object(at, depth + 1);
      case '[':
        return this.#array(at, depth + 1);
      case '"':
        return stringEnd(this.#bytes, at, this.#field);
      default:
        if (byte === 45 || (byte >= 48 && byte <= 57)) return numberEnd(this.#bytes, at);
        if (isIdentifierByte(byte)) return literalEnd(this.#bytes, at, VALUES);
        throw unexpected(this.#bytes, at, `: expected a valid value ${VALUES}`);
    }
  }

  #object(open: number, depth: number): number {
    let at = this.#next(open, open + 1, 'Object', depth);
    if (this.#bytes[at] === 125) return at + 1;
    for (;;) {
      at = this.#entry(at, depth);
      at = this.#next(open, at, 'Object', depth);
      if (this.#bytes[at] === 125) return at + 1;
      at = this.#afterComma(at, 'Object');
    }
  }

  #entry(at: number, depth: number): number {
    if (this.#bytes[at] !== 34)
      throw unexpected(this.#bytes, at, ': was expecting double-quote to start field name');
    const nameEnd = stringEnd(this.#bytes, at, undefined, 'name');
    const colon = this.#inside(this.skipSpace(nameEnd), 'Object');
    if (this.#bytes[colon] !== 58)
      throw unexpected(
        this.#bytes,
        colon,
        ': was expecting a colon to separate field name and value'
      );
    const start = this.#inside(this.skipSpace(colon + 1), 'Object');
    const top = depth === 1;
    if (top) this.#field = JSON.parse(this.#bytes.toString('utf8', at, nameEnd)) as string;
    const end = this.value(start, depth);
    if (top) this.#remember(start, end);
    return end;
  }

  #remember(start: number, end: number): void {
    const open = [34, 91, 123].includes(this.#bytes[start] ?? 0);
    if (this.#field !== undefined)
      this.fields.set(this.#field, { start, read: open ? start + 1 : end });
    this.#field = undefined;
  }

  #array(open: number, depth: number): number {
    let at = this.#next(open, open + 1, 'Array', depth);
    if (this.#bytes[at] === 93) return at + 1;
    for (;;) {
      at = this.#next(open, this.value(at, depth), 'Array', depth);
      if (this.#bytes[at] === 93) return at + 1;
      at = this.#afterComma(at, 'Array');
    }
  }

  /** The next byte of an open container; its end is missing when there is none. */
  #next(open: number, at: number, container: Container, depth: number): number {
    if (depth > MAX_DEPTH)
      throw new JsonFault(
        `Document nesting depth (${depth}) exceeds the maximum allowed (${MAX_DEPTH}, from ` +
          '`StreamReadConstraints.getMaxNestingDepth()`)',
        open + 1
      );
    const next = this.skipSpace(at);
    if (next < this.#bytes.length) return next;
    const marker = sourceText(placeOf(this.#bytes, open));
    throw new JsonFault(
      `Unexpected end-of-input: expected close marker for ${container} (start marker at ${marker})`,
      next
    );
  }

  #afterComma(at: number, container: Container): number {
    if (this.#bytes[at] !== 44)
      throw unexpected(this.#bytes, at, `: was expecting comma to separate ${container} entries`);
    return this.#inside(this.skipSpace(at + 1), container);
  }

  #inside(at: number, container: Container): number {
    if (at < this.#bytes.length) return at;
    throw new JsonFault(`Unexpected end-of-input within/between ${container} entries`, at);
  }
}
