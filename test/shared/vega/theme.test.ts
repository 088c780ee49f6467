import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DASHES, DARK_THEME, LIGHT_THEME } from '../../../src/shared/vega/theme.ts';

/** Contrast of two `#rrggbb` colours; https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].toSorted((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(color: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map(at => parseInt(color.slice(at, at + 2), 16) / 255)
    .map(part => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** The page colours of the two themes that come with JupyterLab 4. */
const PAGES = [
  { name: 'light', theme: LIGHT_THEME, pages: ['#ffffff'] },
  { name: 'dark', theme: DARK_THEME, pages: ['#111111', '#212121'] }
];

describe('themes', () => {
  for (const { name, theme, pages } of PAGES) {
    it(`${name}: text stands out 4.5:1 from every cell, and cells from each other`, () => {
      theme.cells.forEach(({ fill, ink }, at) => {
        assert.ok(contrast(ink, fill) >= 4.5, `${ink} on ${fill}: ${contrast(ink, fill)}`);
        const next = theme.cells[at + 1];
        if (next !== undefined)
          assert.ok(contrast(fill, next.fill) >= 1.2, `${fill}, ${next.fill}`);
      });
    });

    it(`${name}: eight series, each with its own pattern`, () => {
      assert.equal(new Set(theme.series).size, 8);
      assert.equal(new Set(DASHES.map(String)).size, 8);
    });

    it(`${name}: marks stand out 3:1 and text 4.5:1`, () => {
      for (const page of pages) {
        for (const mark of [theme.mark, ...theme.series])
          assert.ok(contrast(mark, page) >= 3, `${mark} on ${page}: ${contrast(mark, page)}`);
        for (const text of [theme.text, theme.mutedText])
          assert.ok(contrast(text, page) >= 4.5, `${text} on ${page}: ${contrast(text, page)}`);
      }
    });
  }
});
