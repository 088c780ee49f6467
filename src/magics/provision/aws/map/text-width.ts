/** Widths of letters in ems, those of a wide font, so that text fits in a narrower one too. */
const WIDTHS: readonly (readonly [RegExp, number])[] = [
  [/[ijl.,:;'|!]/, 0.34],
  [/[ ()[\]/frt-]/, 0.4],
  [/[mwMW@…→]/, 0.98],
  [/[A-Z0-9$+]/, 0.69]
];
const OTHERS = 0.62;
const BOLD = 1.12;

/** The width that text takes at most, in the unit of its size. */
export function textWidth(text: string, size: number, bold = false): number {
  const ems = Array.from(text).reduce(
    (sum, letter) => sum + (WIDTHS.find(([letters]) => letters.test(letter))?.[1] ?? OTHERS),
    0
  );
  return ems * size * (bold ? BOLD : 1);
}

/** The text, without its middle where it is too wide: ids differ at their ends. */
export function fitText(text: string, width: number, size: number, bold = false): string {
  if (textWidth(text, size, bold) <= width) return text;
  const letters = Array.from(text);
  for (let kept = letters.length - 1; kept > 2; kept -= 1) {
    const shown = cutMiddle(letters, kept);
    if (textWidth(shown, size, bold) <= width) return shown;
  }
  return '…';
}

function cutMiddle(letters: readonly string[], kept: number): string {
  const head = Math.ceil((kept - 1) / 2);
  return `${letters.slice(0, head).join('')}…${letters.slice(letters.length - (kept - 1 - head)).join('')}`;
}

/** The words in lines that are no wider than that. */
export function wrapText(text: string, width: number, size: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const longer = lines.length === 0 ? word : `${lines.at(-1) ?? ''} ${word}`;
    if (lines.length > 0 && textWidth(longer, size) <= width) lines[lines.length - 1] = longer;
    else lines.push(fitText(word, width, size));
  }
  return lines;
}
