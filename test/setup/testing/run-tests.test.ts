import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { LANES as REAL_LANES } from '../../../src/setup/testing/groups.ts';
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

describe('the groups of npm test', () => {
  it('have different names, and a line each in the table of CONTRIBUTING.md', async () => {
    const names = REAL_LANES.flat()
      .filter(one => one.onRequest !== true)
      .map(one => one.name);
    assert.equal(new Set(names).size, names.length);
    const text = await readFile(new URL('../../../CONTRIBUTING.md', import.meta.url), 'utf8');
    const rows = [...text.matchAll(/^\| ([a-z]+) +\|/gm)].map(([, name]) => name);
    assert.deepEqual(rows, [...names, 'leftovers']);
  });
});
