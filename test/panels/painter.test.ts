import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Painter } from '../../src/panels/painter.ts';
import { ManualTimers } from '../fakes/manual-timers.ts';

interface Setup {
  readonly timers: ManualTimers;
  readonly painter: Painter<number>;
  readonly painted: number[];
  readonly errors: unknown[];
  readonly ends: (() => void)[];
}

/** A painter whose drawings take until the test ends them. */
function setUp(draw?: () => Promise<void>): Setup {
  const timers = new ManualTimers();
  const painted: number[] = [];
  const errors: unknown[] = [];
  const ends: (() => void)[] = [];
  const painter = new Painter<number>({
    timers,
    paint: state => {
      painted.push(state);
      return draw?.() ?? new Promise(resolve => ends.push(resolve));
    },
    onError: error => errors.push(error)
  });
  return { timers, painter, painted, errors, ends };
}

describe('painter', () => {
  it('draws the newest of several states, once a page frame', async () => {
    const { timers, painter, painted } = setUp(() => Promise.resolve());
    painter.setVisible(true);
    for (const state of [1, 2, 3]) painter.offer(state);
    assert.deepEqual(painted, []);
    await timers.frame();
    assert.deepEqual(painted, [3]);
    assert.equal(timers.frames, 0);
  });

  it('never draws two states at once, and then the newest', async () => {
    const { timers, painter, painted, ends } = setUp();
    painter.setVisible(true);
    painter.offer(1);
    await timers.frame();
    painter.offer(2);
    painter.offer(3);
    assert.equal(timers.frames, 0);
    ends[0]?.();
    await timers.frame();
    await timers.frame();
    assert.deepEqual(painted, [1, 3]);
  });

  it('draws nothing while invisible, and the newest state on return', async () => {
    const { timers, painter, painted } = setUp(() => Promise.resolve());
    painter.offer(1);
    painter.offer(2);
    assert.equal(timers.frames, 0);
    painter.setVisible(true);
    await timers.frame();
    assert.deepEqual(painted, [2]);
  });

  it('goes on after a state that cannot be drawn', async () => {
    const { timers, painter, errors, painted } = setUp(() => Promise.reject(new Error('no')));
    painter.setVisible(true);
    painter.offer(1);
    await timers.frame();
    painter.offer(2);
    await timers.frame();
    assert.deepEqual(painted, [1, 2]);
    assert.equal(errors.length, 2);
  });

  it('draws nothing after its end', async () => {
    const { timers, painter, painted } = setUp(() => Promise.resolve());
    painter.setVisible(true);
    painter.offer(1);
    painter.dispose();
    painter.offer(2);
    await timers.frame();
    assert.deepEqual(painted, []);
  });
});
