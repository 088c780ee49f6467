import { crc32, deflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const MAX_COLOURS = 256;
const INDEXED = 3;

/** Opaque pixels, four bytes each: red, green, blue, and one that is not used. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/**
 * A PNG with a palette. Charts have few colours, so this is lossless for them and a fifth of the size
 * of a true-colour PNG; a picture with more than 256 colours loses the lowest bits of each.
 * https://www.w3.org/TR/png-3/
 */
export function encodeIndexedPng(picture: Picture): Buffer {
  const { palette, indexes } = indexColours(picture);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header(picture)),
    chunk('PLTE', Buffer.concat(palette.map(colour => Buffer.from(channelsOf(colour))))),
    chunk('IDAT', deflateSync(scanLines(picture, indexes), { level: 9 })),
    chunk('IEND', Buffer.alloc(0))
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

function colourAt(pixels: Uint8Array, offset: number): number {
  const [red = 0, green = 0, blue = 0] = pixels.subarray(offset, offset + 3);
  return (red << 16) | (green << 8) | blue;
}

function channelsOf(colour: number): number[] {
  return [colour >> 16, (colour >> 8) & 0xff, colour & 0xff];
}

function header({ width, height }: Picture): Buffer {
  const bytes = Buffer.alloc(13);
  bytes.writeUInt32BE(width, 0);
  bytes.writeUInt32BE(height, 4);
  bytes.set([8, INDEXED, 0, 0, 0], 8);
  return bytes;
}

/** Each line begins with its filter; palette indexes compress best without one. */
function scanLines({ width, height }: Picture, indexes: Uint8Array): Buffer {
  const lines = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1)
    lines.set(indexes.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  return lines;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
}
