import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { toCodePointOffset, toUtf16Offset } from '../../src/kernel/text-offsets.ts';

const text = fc.string({ unit: 'binary' });

describe('cursor positions', () => {
  it('counts a character outside the basic plane once', () => {
    assert.equal(toUtf16Offset('a😀b', 2), 3);
    assert.equal(toCodePointOffset('a😀b', 3), 2);
  });

  it('returns to the same code point offset', () => {
    fc.assert(
      fc.property(text, fc.nat(), (value, seed) => {
        const points = seed % (Array.from(value).length + 1);
        const offset = toUtf16Offset(value, points);
        assert.equal(value.slice(0, offset), Array.from(value).slice(0, points).join(''));
        assert.equal(toCodePointOffset(value, offset), points);
      })
    );
  });

  it('clamps offsets outside the text', () => {
    fc.assert(
      fc.property(text, fc.integer(), (value, offset) => {
        const utf16 = toUtf16Offset(value, offset);
        assert.ok(utf16 >= 0 && utf16 <= value.length);
        const points = toCodePointOffset(value, offset);
        assert.ok(points >= 0 && points <= Array.from(value).length);
      })
    );
  });
});
