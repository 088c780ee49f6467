import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { blankSnapshot } from '../../../src/extension/dashboard/blank-snapshot.ts';
import { snapshotIn } from '../../../src/extension/dashboard/snapshot-in.ts';
import { VIEW_MIME } from '../../../src/shared/names.ts';
import { viewSnapshotSchema } from '../../../src/shared/view.ts';
import { snapshotOf, view } from '../../panels/views.ts';

const outputOf = (data: unknown) => ({ output_type: 'display_data', data, metadata: {} });

describe('views that a notebook keeps', () => {
  it('finds the last output of a view among cells of all kinds', () => {
    const [older, newer] = [snapshotOf(), snapshotOf({ rows: 2 }, { savedAt: 2_000_000 })];
    const notebook = {
      cells: [
        { cell_type: 'markdown', source: '' },
        { cell_type: 'code', outputs: [outputOf({ [VIEW_MIME]: older })] },
        { cell_type: 'code', outputs: [{ output_type: 'stream', name: 'stdout', text: '' }] },
        { cell_type: 'code', outputs: [outputOf({ [VIEW_MIME]: newer, 'text/plain': 'x' })] }
      ]
    };
    assert.deepEqual(snapshotIn(notebook, view.id), newer);
    assert.equal(snapshotIn(notebook, 'other'), null);
  });

  it('finds nothing in what is no notebook, or holds no view that can be read', () => {
    const strange = { cells: [{ outputs: [outputOf({ [VIEW_MIME]: { version: 9 } }), 7] }] };
    for (const value of [null, 'text', { cells: 1 }, strange])
      assert.equal(snapshotIn(value, view.id), null);
  });

  it('begins a view of which only its name is known with a state that can be kept', () => {
    const blank = blankSnapshot(view, 5);
    assert.deepEqual(viewSnapshotSchema.parse(blank), blank);
  });
});
