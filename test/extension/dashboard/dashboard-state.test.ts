import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  DashboardState,
  MAX_TILES,
  dashboardArgsSchema
} from '../../../src/extension/dashboard/dashboard-state.ts';

const path = 'streams/words.ipynb';

describe('dashboard state', () => {
  it('adds each view once, at the end', () => {
    const state = new DashboardState({ path, views: ['a', 'a'] });
    assert.equal(state.add('b'), true);
    assert.equal(state.add('a'), false);
    assert.deepEqual(state.args, { path, views: ['a', 'b'] });
  });

  it('takes no more views than can be looked at', () => {
    const state = new DashboardState({ path, views: [] });
    const added = Array.from({ length: MAX_TILES + 1 }, (_, at) => state.add(`v${at}`));
    assert.deepEqual(
      added,
      added.map((_, at) => at < MAX_TILES)
    );
  });

  it('moves a view earlier and later, and stops at both ends', () => {
    const state = new DashboardState({ path, views: ['a', 'b', 'c'] });
    assert.equal(state.move('c', -1), true);
    assert.deepEqual(state.views, ['a', 'c', 'b']);
    assert.equal(state.move('a', -1), false);
    assert.equal(state.move('b', 1), false);
    assert.equal(state.move('other', 1), false);
    assert.deepEqual(
      ['a', 'c', 'b'].map(view => [state.canMove(view, -1), state.canMove(view, 1)]),
      [
        [false, true],
        [true, true],
        [true, false]
      ]
    );
  });

  it('removes a view, and follows a notebook that is renamed', () => {
    const state = new DashboardState({ path, views: ['a', 'b'] });
    assert.equal(state.remove('a'), true);
    assert.equal(state.remove('a'), false);
    state.rename('other.ipynb');
    assert.deepEqual(state.args, { path: 'other.ipynb', views: ['b'] });
  });

  it('reads what a workspace kept as data from outside', () => {
    const kept = new DashboardState({ path, views: ['a'] }).args;
    assert.deepEqual(dashboardArgsSchema.parse(JSON.parse(JSON.stringify(kept))), kept);
    assert.deepEqual(dashboardArgsSchema.parse({ path }), { path, views: [] });
    for (const bad of [{}, { path: '' }, { path, views: 'a' }, { path, views: [1] }])
      assert.equal(dashboardArgsSchema.safeParse(bad).success, false);
  });
});
