import { createRequire } from 'node:module';
import path from 'node:path';
import { encodeIndexedPng } from './indexed-png.ts';

/** The one font of saved pictures, so that they look alike on every machine. */
export const PICTURE_FONT = 'DejaVu Sans';
const FONT_FILES = ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'];

/**
 * Draws a Vega-Lite specification without a browser. Vega and the rasteriser are loaded at the first
 * call, because most kernels never draw a picture and every kernel has to start fast.
 */
export async function renderPng(specification: Readonly<Record<string, unknown>>): Promise<Buffer> {
  const [{ View, parse, Warn }, { compile }, { Resvg }] = await Promise.all([
    import('vega'),
    import('vega-lite'),
    import('@resvg/resvg-js')
  ]);
  const { spec } = compile(specification as unknown as Parameters<typeof compile>[0]);
  const view = new View(parse(spec), { renderer: 'none', logLevel: Warn });
  try {
    const svg = await view.toSVG();
    const rendered = new Resvg(svg, { font: fontOptions(), background: '#ffffff' }).render();
    // `pixels` copies the whole picture each time it is read.
    const { width, height, pixels } = rendered;
    return encodeIndexedPng({ width, height, pixels });
  } finally {
    view.finalize();
  }
}

function fontOptions() {
  const require = createRequire(import.meta.url);
  const folder = path.dirname(require.resolve('dejavu-fonts-ttf/package.json'));
  return {
    fontFiles: FONT_FILES.map(file => path.join(folder, 'ttf', file)),
    loadSystemFonts: false,
    defaultFontFamily: PICTURE_FONT,
    sansSerifFamily: PICTURE_FONT
  };
}
