import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { selectLanes } from '../../../src/setup/testing/run-tests.ts';
import type { TestGroup } from '../../../src/setup/testing/group.ts';

function group(name: string): TestGroup {
  return { name, summary: name, run: () => Promise.resolve({ passed: 1, failed: 0 }) };
}

const LANES = [[group('unit'), group('python')], [group('stack')]];

describe('selectLanes', () => {
  it('runs everything when nothing is named', () => {
    assert.deepEqual(selectLanes(LANES, []), LANES);
  });

  it('leaves out what runs only where it is named', () => {
    const lanes = [...LANES, [{ ...group('pictures'), onRequest: true }]];
    assert.deepEqual(selectLanes(lanes, []), LANES);
    assert.equal(selectLanes(lanes, ['pictures']).flat()[0]?.name, 'pictures');
  });

  it('keeps the order and leaves out empty lanes', () => {
    const names = selectLanes(LANES, ['python']).map(lane => lane.map(one => one.name));
    assert.deepEqual(names, [['python']]);
  });

  it('names the nearest group', () => {
    assert.throws(() => selectLanes(LANES, ['stak']), /There is no group of tests named stak/);
  });
});
