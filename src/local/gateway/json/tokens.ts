import { JsonFault } from './fault.ts';

/** Escapes of a JSON string after the backslash, without `u`. */
const ESCAPES = '"\\/bfnrt';
const LITERALS: readonly string[] = ['true', 'false', 'null'];

/** The fault of a byte that has no place where it stands. */
export function unexpected(bytes: Buffer, at: number, why: string): JsonFault {
  const code = bytes[at] ?? 0;
  return new JsonFault(`Unexpected character (${quoted(code)})${why}`, at + 1);
}

function quoted(code: number): string {
  return code < 32 ? `(CTRL-CHAR, code ${code})` : `'${String.fromCharCode(code)}' (code ${code})`;
}

/** Whether a byte can stand in a word such as `true`; all bytes of other scripts can. */
export function isIdentifierByte(byte: number): boolean {
  return byte >= 128 || /[\w$]/.test(String.fromCharCode(byte));
}

/** Offset after `true`, `false` or `null`; `values` is what Jackson says it had expected. */
export function literalEnd(bytes: Buffer, at: number, values: string): number {
  let end = at;
  while (isIdentifierByte(bytes[end] ?? 0)) end += 1;
  const word = bytes.toString('utf8', at, end);
  if (LITERALS.includes(word)) return end;
  const read = Math.min(end + 1, bytes.length);
  throw new JsonFault(`Unrecognized token '${word}': was expecting ${values}`, read);
}

/** Offset after a number. */
export function numberEnd(bytes: Buffer, at: number): number {
  const rest = bytes.toString('latin1', at, Math.min(bytes.length, at + 1_100));
  const digits = rest.startsWith('-') ? rest.slice(1) : rest;
  if (!/^\d/.test(digits)) throw unexpected(bytes, at + 1, NO_DIGIT);
  if (/^0\d/.test(digits))
    throw new JsonFault('Invalid numeric value: Leading zeroes not allowed', at + 2);
  return at + (/^-?\d+(\.\d+)?([eE][+-]?\d+)?/.exec(rest)?.[0].length ?? 1);
}
const NO_DIGIT =
  ' in numeric value: expected digit (0-9) to follow minus sign, for valid numeric value';

/** Offset after the closing quote of the string that opens at `at`. */
export function stringEnd(
  bytes: Buffer,
  at: number,
  field: string | undefined,
  what: 'name' | 'string value' = 'string value'
): number {
  let next = at + 1;
  for (;;) {
    const byte = bytes[next];
    if (byte === undefined) throw unfinished(next, field, what);
    if (byte === 34) return next + 1;
    if (byte === 92) next = escapeEnd(bytes, next, field);
    else if (byte < 32) throw unescaped(byte, next, field, what);
    else next += byte < 128 ? 1 : sequenceLength(bytes, next, field);
  }
}

function unfinished(at: number, field: string | undefined, what: string): JsonFault {
  const where = what === 'name' ? 'field name' : 'VALUE_STRING';
  return new JsonFault(`Unexpected end-of-input in ${where}`, at, field);
}

function unescaped(byte: number, at: number, field: string | undefined, what: string): JsonFault {
  return new JsonFault(
    `Illegal unquoted character (${quoted(byte)}): has to be escaped using backslash to be included in ${what}`,
    at + 1,
    field
  );
}

function escapeEnd(bytes: Buffer, at: number, field: string | undefined): number {
  const code = bytes[at + 1];
  if (code === undefined) throw unfinished(at + 1, field, 'string value');
  const letter = String.fromCharCode(code);
  if (ESCAPES.includes(letter)) return at + 2;
  if (letter !== 'u')
    throw new JsonFault(`Unrecognized character escape ${quoted(code)}`, at + 2, field);
  for (let digit = at + 2; digit < at + 6; digit += 1) {
    const hex = bytes[digit];
    if (hex === undefined)
      throw new JsonFault('Unexpected end-of-input in character escape sequence', digit, field);
    if (!/[\da-fA-F]/.test(String.fromCharCode(hex)))
      throw unexpected(bytes, digit, ': expected a hex-digit for character escape sequence');
  }
  return at + 6;
}

/** Bytes of the UTF-8 sequence at `at`. */
function sequenceLength(bytes: Buffer, at: number, field: string | undefined): number {
  const first = bytes[at] ?? 0;
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4)
    throw new JsonFault(`Invalid UTF-8 start byte 0x${first.toString(16)}`, at + 1, field);
  for (let next = at + 1; next < at + length; next += 1) {
    const byte = bytes[next];
    if (byte === undefined) throw unfinished(next, field, 'string value');
    if ((byte & 0xc0) !== 0x80)
      throw new JsonFault(`Invalid UTF-8 middle byte 0x${byte.toString(16)}`, next + 1, field);
  }
  return length;
}
