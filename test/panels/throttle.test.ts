import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Throttle } from '../../src/panels/throttle.ts';
import { ManualTimers } from '../fakes/manual-timers.ts';

describe('throttle', () => {
  it('passes the first value at once and then the newest of each interval', () => {
    const timers = new ManualTimers();
    const passed: number[] = [];
    const throttle = new Throttle<number>(timers, 100, value => passed.push(value));
    for (const value of [1, 2, 3]) throttle.offer(value);
    assert.deepEqual(passed, [1]);
    timers.pass(100);
    assert.deepEqual(passed, [1, 3]);
    timers.pass(1000);
    throttle.offer(4);
    assert.deepEqual(passed, [1, 3, 4]);
  });

  it('passes nothing after its end', () => {
    const timers = new ManualTimers();
    const passed: number[] = [];
    const throttle = new Throttle<number>(timers, 100, value => passed.push(value));
    throttle.offer(1);
    throttle.offer(2);
    throttle.dispose();
    timers.pass(1000);
    assert.deepEqual(passed, [1]);
  });
});
