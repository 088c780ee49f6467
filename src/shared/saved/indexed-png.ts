import { crc32 } from './crc32.ts';

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const MAX_COLOURS = 256;
const INDEXED = 3;

/** Opaque pixels, four bytes each: red, green, blue, and one that is not used. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array | Uint8ClampedArray;
}

/** Compresses to the zlib format of RFC 1950; Node and browsers do it in different ways. */
export type Deflate = (bytes: Uint8Array) => Promise<Uint8Array>;

/**
 * A PNG with a palette. Charts have few colours, so this is lossless for them and a fifth of the size
 * of a true-colour PNG; a picture with more than 256 colours loses the lowest bits of each.
 * https://www.w3.org/TR/png-3/
 */
export async function encodeIndexedPng(picture: Picture, deflate: Deflate): Promise<Uint8Array> {
  const { palette, indexes } = indexColours(picture);
  return concat([
    SIGNATURE,
    chunk('IHDR', header(picture)),
    chunk('PLTE', Uint8Array.from(palette.flatMap(channelsOf))),
    chunk('IDAT', await deflate(scanLines(picture, indexes))),
    chunk('IEND', new Uint8Array())
  ]);
}

interface Indexed {
  /** Colours as 24-bit numbers. */
  readonly palette: readonly number[];
  readonly indexes: Uint8Array;
}

/** Drops bits until the colours fit; with two bits a channel they always do. */
function indexColours(picture: Picture, lost = 0): Indexed {
  const fill = ((1 << lost) - 1) * 0x010101;
  const palette = new Map<number, number>();
  const indexes = new Uint8Array(picture.width * picture.height);
  for (let at = 0; at < indexes.length; at += 1) {
    const colour = colourAt(picture.pixels, at * 4) | fill;
    const index = palette.get(colour) ?? palette.size;
    if (index === MAX_COLOURS) return indexColours(picture, lost + 1);
    palette.set(colour, index);
    indexes[at] = index;
  }
  return { palette: [...palette.keys()], indexes };
}

function colourAt(pixels: Picture['pixels'], offset: number): number {
  const [red = 0, green = 0, blue = 0] = pixels.subarray(offset, offset + 3);
  return (red << 16) | (green << 8) | blue;
}

function channelsOf(colour: number): number[] {
  return [colour >> 16, (colour >> 8) & 0xff, colour & 0xff];
}

function header({ width, height }: Picture): Uint8Array {
  return concat([uint32(width), uint32(height), Uint8Array.of(8, INDEXED, 0, 0, 0)]);
}

/** Each line begins with its filter; palette indexes compress best without one. */
function scanLines({ width, height }: Picture, indexes: Uint8Array): Uint8Array {
  const lines = new Uint8Array((width + 1) * height);
  for (let y = 0; y < height; y += 1)
    lines.set(indexes.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  return lines;
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const body = concat([new TextEncoder().encode(type), data]);
  return concat([uint32(data.length), body, uint32(crc32(body))]);
}

function uint32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
