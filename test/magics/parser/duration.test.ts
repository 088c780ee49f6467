import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseDuration } from '../../../src/magics/parser/duration.ts';

describe('a time as people write it', () => {
  const times: readonly [text: string, ms: number | null][] = [
    ['30s', 30_000],
    ['5m', 300_000],
    ['5min', 300_000],
    ['1h30m', 5_400_000],
    ['1.5 h', 5_400_000],
    ['1d', 86_400_000],
    ['250ms', 250],
    ['5', null],
    ['m', null],
    ['5 x', null],
    ['', null]
  ];
  for (const [text, ms] of times)
    it(`is read: ${JSON.stringify(text)}`, () => {
      assert.equal(parseDuration(text), ms);
    });
});
