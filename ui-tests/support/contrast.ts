import type { Locator } from 'playwright-core';

type Rgb = readonly [number, number, number];

/**
 * The contrast between a mark and what lies behind it, 1 to 21.
 * https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
 */
export async function contrast(mark: Locator): Promise<number> {
  const [fill, behind] = await mark.evaluate(coloursOf);
  const [light = 0, dark = 0] = [luminance(parse(fill)), luminance(parse(behind))].sort(
    (a, b) => b - a
  );
  return (light + 0.05) / (dark + 0.05);
}

/** `rgb(1, 2, 3)`, as a page computes it. */
function parse(colour: string): Rgb {
  const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).map(Number);
  return [red, green, blue];
}

function luminance(rgb: Rgb): number {
  const [red = 0, green = 0, blue = 0] = rgb.map(value => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

interface Styled {
  readonly parentElement: Styled | null;
}

/** Runs in the page: the fill of a mark, and the first colour that is no glass behind it. */
function coloursOf(mark: unknown): [string, string] {
  const { getComputedStyle } = globalThis as unknown as {
    readonly getComputedStyle: (node: unknown) => {
      readonly fill: string;
      readonly backgroundColor: string;
    };
  };
  let behind = (mark as Styled).parentElement;
  while (behind !== null) {
    const { backgroundColor } = getComputedStyle(behind);
    if (!/^(transparent|rgba\(.*, 0\))$/.test(backgroundColor))
      return [getComputedStyle(mark).fill, backgroundColor];
    behind = behind.parentElement;
  }
  return [getComputedStyle(mark).fill, 'rgb(255, 255, 255)'];
}
