import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { enlargement } from '../../src/panels/enlargement.ts';

describe('a picture in a room of its own', () => {
  it('is enlarged as far as width and height allow, in quarters', () => {
    assert.equal(enlargement({ width: 1_000, height: 600 }, 300), 2);
    assert.equal(enlargement({ width: 1_000, height: 500 }, 300), 1.5);
    assert.equal(enlargement({ width: 600, height: 900 }, 300), 1.25);
  });

  it('is never made smaller, nor larger than reading from afar needs', () => {
    assert.equal(enlargement({ width: 300, height: 200 }, 300), 1);
    assert.equal(enlargement({ width: 9_000, height: 9_000 }, 300), 2.5);
    assert.equal(enlargement({ width: 900, height: 900 }, 0), 1);
  });
});
