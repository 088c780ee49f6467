import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { promisify } from 'node:util';
import { deflate } from 'node:zlib';
import { Resvg } from '@resvg/resvg-js';
import fc from 'fast-check';
import { encodeIndexedPng } from '../../../src/shared/saved/indexed-png.ts';

const compress = promisify(deflate);

/** Decodes with the PNG reader of another library. */
function decode(png: Uint8Array, width: number, height: number): Buffer {
  const href = `data:image/png;base64,${Buffer.from(png).toString('base64')}`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"
    ><image width="${width}" height="${height}" image-rendering="optimizeSpeed" href="${href}"/></svg>`;
  return new Resvg(svg).render().pixels;
}

describe('indexed PNG', () => {
  it('gives back every pixel of a picture with few colours', async () => {
    const colour = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255));
    const picture = fc
      .record({
        width: fc.integer({ min: 1, max: 12 }),
        palette: fc.array(colour, { minLength: 1, maxLength: 40 })
      })
      .chain(({ width, palette }) =>
        fc.record({
          width: fc.constant(width),
          cells: fc.array(fc.constantFrom(...palette), {
            minLength: width * 3,
            maxLength: width * 3
          })
        })
      );
    await fc.assert(
      fc.asyncProperty(picture, async ({ width, cells }) => {
        const pixels = Uint8Array.from(cells.flatMap(cell => [...cell, 255]));
        const decoded = decode(
          await encodeIndexedPng({ width, height: 3, pixels }, compress),
          width,
          3
        );
        assert.deepEqual(decoded, Buffer.from(pixels));
      }),
      { numRuns: 50 }
    );
  });

  it('stays close to a picture with more colours than a palette holds, and keeps white', async () => {
    const width = 64;
    const pixels = Uint8Array.from(
      Array.from({ length: width * width }, (_, at) => [at % 256, (at >> 4) % 256, 255, 255]).flat()
    );
    pixels.set([255, 255, 255, 255], 0);
    const decoded = decode(
      await encodeIndexedPng({ width, height: width, pixels }, compress),
      width,
      width
    );
    assert.deepEqual([...decoded.subarray(0, 3)], [255, 255, 255]);
    const worst = Math.max(...decoded.map((value, at) => Math.abs(value - (pixels[at] ?? 0))));
    assert.ok(worst > 0 && worst < 64, `off by ${worst}`);
  });
});
