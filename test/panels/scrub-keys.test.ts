import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { scrubTo, shareOf } from '../../src/panels/scrub-keys.ts';

const range = { from: 0, to: 300_000 };

describe('keys of the slider', () => {
  it('go a second, ten seconds, or to an end', () => {
    assert.equal(scrubTo('ArrowLeft', 100_000, range), 99_000);
    assert.equal(scrubTo('PageDown', 100_000, range), 90_000);
    assert.equal(scrubTo('PageUp', 100_000, range), 110_000);
    assert.equal(scrubTo('Home', 100_000, range), 0);
    assert.equal(scrubTo('ArrowLeft', 500, range), 0);
    assert.equal(scrubTo('x', 100_000, range), null);
  });

  it('come back to the present at the right end', () => {
    assert.equal(scrubTo('End', 100_000, range), 'live');
    assert.equal(scrubTo('ArrowRight', 299_500, range), 'live');
  });

  it('knows where a moment lies', () => {
    assert.deepEqual(
      [-5, 150_000, 400_000].map(at => shareOf(at, range)),
      [0, 0.5, 1]
    );
    assert.equal(shareOf(1, { from: 1, to: 1 }), 1);
  });
});
