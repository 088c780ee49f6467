/**
 * Jupyter counts cursor positions in Unicode code points, JavaScript strings in UTF-16 units.
 * https://jupyter-client.readthedocs.io/en/stable/messaging.html#cursor-pos-unicode-note
 */

/** UTF-16 offset of a code point offset; offsets outside the text are clamped. */
export function toUtf16Offset(text: string, codePoints: number): number {
  let offset = 0;
  let left = codePoints;
  for (const character of text) {
    if (left <= 0) break;
    offset += character.length;
    left -= 1;
  }
  return offset;
}

/** Code point offset of a UTF-16 offset; one inside a surrogate pair counts as after the pair. */
export function toCodePointOffset(text: string, utf16: number): number {
  let points = 0;
  let offset = 0;
  for (const character of text) {
    if (offset >= utf16) break;
    offset += character.length;
    points += 1;
  }
  return points;
}
