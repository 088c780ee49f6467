import type { VegaTheme } from './theme.ts';

/** Height of the title of a saved picture, pixels. */
export const TITLE_HEIGHT = 28;

type Layer = Record<string, unknown>;

/** The title of a saved picture, from its left and upper edge. */
export function titleMark(text: string, left: number, top: number, theme: VegaTheme): Layer {
  const style = { fontSize: 13, fontWeight: 600, color: theme.text };
  return textLayer('title', text, { left, top: top + TITLE_HEIGHT / 2 }, style);
}

/** The line under it that says when this was so. */
export function stampMark(text: string, left: number, top: number, theme: VegaTheme): Layer {
  const style = { fontSize: 11, color: theme.mutedText };
  return textLayer('stamp', text, { left, top: top + TITLE_HEIGHT + 4 }, style);
}

/** What a saved picture says that has nothing to show. */
export function emptyMark(left: number, theme: VegaTheme): Layer {
  const style = { fontSize: 12, color: theme.mutedText };
  return textLayer('empty', 'no rows', { left: 8 - left, top: 12 }, style);
}

function textLayer(
  name: string,
  text: string,
  { left, top }: { readonly left: number; readonly top: number },
  style: Layer
): Layer {
  return {
    data: { name, values: [{}] },
    mark: { type: 'text', align: 'left', ...style },
    encoding: { x: { value: left }, y: { value: top }, text: { value: text } }
  };
}
