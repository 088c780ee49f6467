import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';
import { deflate } from 'node:zlib';
import { encodeIndexedPng } from '../../shared/saved/indexed-png.ts';
import { runtimeComplaints } from '../../shared/vega/guard-runtime.ts';

/** The one font of saved pictures, so that they look alike on every machine. */
export const PICTURE_FONT = 'DejaVu Sans';
const FONT_FILES = ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'];
const compress = promisify(deflate);
/** A larger picture would not fit into a notebook, and takes the kernel's memory. */
const MAX_PIXELS = 8_000_000;

/**
 * Draws a Vega-Lite specification without a browser. Vega and the rasteriser are loaded at the first
 * call, because most kernels never draw a picture and every kernel has to start fast.
 *
 * Expressions are interpreted and nothing is loaded, neither by Vega nor by the rasteriser; what asks
 * for more rejects, and so does a picture that would be too large.
 */
export async function renderPng(specification: Readonly<Record<string, unknown>>): Promise<Buffer> {
  const svg = await drawSvg(specification);
  const { Resvg } = await import('@resvg/resvg-js');
  const picture = new Resvg(svg, { font: fontOptions(), background: '#ffffff' });
  // A picture within the picture could name a file.
  if (picture.imagesToResolve().length > 0 || /<image/.test(svg))
    throw new Error('a saved picture holds no other pictures');
  if (picture.width * picture.height > MAX_PIXELS)
    throw new Error(`a picture of ${picture.width} by ${picture.height} pixels is too large`);
  const rendered = picture.render();
  // `pixels` copies the whole picture each time it is read.
  const { width, height, pixels } = rendered;
  return Buffer.from(await encodeIndexedPng({ width, height, pixels }, smallest));
}

function smallest(bytes: Uint8Array): Promise<Uint8Array> {
  return compress(bytes, { level: 9 });
}

async function drawSvg(specification: Readonly<Record<string, unknown>>): Promise<string> {
  const [{ View, parse, loader, Error: ErrorsOnly }, { compile }, { expressionInterpreter }] =
    await Promise.all([import('vega'), import('vega-lite'), import('vega-interpreter')]);
  const { spec } = compile(specification as unknown as Parameters<typeof compile>[0]);
  const runtime = parse(spec, undefined, { ast: true });
  const complaints = runtimeComplaints(runtime);
  if (complaints.length > 0) throw new Error(complaints.join('; '));
  const refusing = loader();
  refusing.sanitize = uri => Promise.reject(new Error(`a saved picture loads nothing: ${uri}`));
  const view = new View(runtime, {
    expr: expressionInterpreter,
    loader: refusing,
    renderer: 'none',
    logLevel: ErrorsOnly
  });
  try {
    return await view.toSVG();
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
