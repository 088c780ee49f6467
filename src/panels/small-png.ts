import { encodeIndexedPng } from '../shared/saved/indexed-png.ts';

/** Bytes that are turned into text at once: each is an argument of a call. */
const CHUNK = 8_192;
/** Times that a picture may be made smaller before it is given up. */
const ATTEMPTS = 4;
const SMALLER = 0.7;

/**
 * What a canvas shows on white, as a PNG in base64: a fifth of what the browser's own would be, and smaller in
 * its width and height too where it would be longer than `most`. Null where that does not help.
 */
export async function smallPng(canvas: HTMLCanvasElement, most: number): Promise<string | null> {
  let scale = 1;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const png = base64(await encodeIndexedPng(pixelsOf(canvas, scale), deflate));
    if (png.length <= most) return png;
    scale *= SMALLER;
  }
  return null;
}

function pixelsOf(
  canvas: HTMLCanvasElement,
  scale: number
): Parameters<typeof encodeIndexedPng>[0] {
  const width = Math.max(1, Math.floor(canvas.width * scale));
  const height = Math.max(1, Math.floor(canvas.height * scale));
  const copy = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (copy === null) throw new Error('a canvas without a picture');
  copy.fillStyle = '#ffffff';
  copy.fillRect(0, 0, width, height);
  copy.drawImage(canvas, 0, 0, width, height);
  return { width, height, pixels: copy.getImageData(0, 0, width, height).data };
}

async function deflate(bytes: Uint8Array): Promise<Uint8Array> {
  const compressed = new Blob([new Uint8Array(bytes)])
    .stream()
    .pipeThrough(new CompressionStream('deflate'));
  return new Uint8Array(await new Response(compressed).arrayBuffer());
}

function base64(bytes: Uint8Array): string {
  const chunks = Array.from({ length: Math.ceil(bytes.length / CHUNK) }, (_, at) =>
    String.fromCharCode(...bytes.subarray(at * CHUNK, (at + 1) * CHUNK))
  );
  return btoa(chunks.join(''));
}
