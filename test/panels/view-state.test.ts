import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ViewModel } from '../../src/panels/view-state.ts';
import { frameOf, snapshotOf, view } from './views.ts';

describe('state of a view', () => {
  it('is a saved picture where there is no kernel', () => {
    const { badge, stale } = new ViewModel(snapshotOf()).current;
    assert.deepEqual({ badge, stale }, { badge: 'offline', stale: true });
  });

  it('is the end of the stream when the snapshot is final, whatever the connection', () => {
    const model = new ViewModel(snapshotOf({ state: 'stopped' }, { final: true }));
    model.connect('lost');
    assert.equal(model.current.badge, 'stopped');
    assert.equal(model.current.stale, false);
    assert.equal(model.final, true);
  });

  it('follows the frames of the kernel', () => {
    const model = new ViewModel(snapshotOf({ state: 'starting' }));
    model.connect('connecting');
    assert.equal(model.current.badge, 'starting');
    model.receive(frameOf({ rows: 0 }), 2, 1_000_100);
    assert.equal(model.current.badge, 'waiting');
    model.receive(frameOf(), 3, 1_000_200);
    assert.equal(model.current.badge, 'live');
    model.receive(frameOf({ state: 'stalled' }), 4, 1_000_300);
    assert.equal(model.current.badge, 'stalled');
    model.receive(frameOf({ state: 'failed' }), 5, 1_000_400);
    assert.equal(model.current.badge, 'failed');
    assert.equal(model.final, true);
  });

  it('does not call an old picture live before the kernel has spoken', () => {
    const model = new ViewModel(snapshotOf());
    model.connect('connecting');
    assert.equal(model.current.badge, 'connecting');
  });

  it('is stale when the kernel is gone or does not know the view', () => {
    const model = new ViewModel(snapshotOf());
    model.receive(frameOf(), 2, 1_000_100);
    for (const [connection, badge] of [
      ['lost', 'reconnecting'],
      ['unknown', 'restarted']
    ] as const) {
      model.connect(connection);
      assert.deepEqual([model.current.badge, model.current.stale], [badge, true]);
    }
  });

  it('holds the picture in a pause and counts what comes meanwhile', () => {
    const model = new ViewModel(snapshotOf());
    const first = frameOf();
    model.receive(first, 2, 1_000_100);
    model.pause(true);
    model.receive(frameOf({ rows: 2240 }), 3, 1_000_200);
    assert.equal(model.current.badge, 'paused');
    assert.equal(model.current.frame, first);
    assert.equal(model.current.heldBack, 1240);
    model.pause(false);
    assert.equal(model.current.frame.status.rows, 2240);
    assert.equal(model.current.heldBack, 0);
  });

  it('saves the present, not the picture that a pause holds', () => {
    const model = new ViewModel(snapshotOf());
    model.pause(true);
    model.receive(frameOf({ rows: 5 }), 9, 1_000_900);
    const { frame, seq, savedAt } = model.snapshot(view);
    assert.deepEqual([frame.status.rows, seq, savedAt], [5, 9, 1_000_900]);
  });

  it('takes a snapshot of the notebook only when it is newer than the last frame', () => {
    const model = new ViewModel(snapshotOf());
    model.receive(frameOf({ rows: 7 }), 2, 1_000_500);
    model.restore(snapshotOf({ rows: 3 }, { savedAt: 1_000_400 }));
    assert.equal(model.current.frame.status.rows, 7);
    model.restore(snapshotOf({ rows: 8, state: 'stopped' }, { savedAt: 1_000_600, final: true }));
    assert.equal(model.current.frame.status.rows, 8);
    assert.equal(model.current.badge, 'stopped');
  });
});

describe('the past of a view', () => {
  it('is shown instead of what a pause holds, and left again', () => {
    const model = new ViewModel(snapshotOf());
    model.receive(frameOf({ rows: 2_000 }), 2, 1_000_100);
    model.pause(true);
    model.showPast({ frame: frameOf({ rows: 500 }), at: 900_000 });
    const { badge, at, heldBack } = model.current;
    assert.deepEqual([badge, at, heldBack], ['past', 900_000, 1_500]);
    model.showPast(null);
    assert.deepEqual([model.current.badge, model.current.at], ['paused', 1_000_100]);
  });

  it('counts frames that could not be read', () => {
    const model = new ViewModel(snapshotOf());
    model.dropped(2);
    model.dropped(1);
    assert.equal(model.current.unreadable, 3);
  });
});

describe('a view whose stream is started again', () => {
  const ended = (): ViewModel => new ViewModel(snapshotOf({ state: 'stopped' }, { final: true }));

  it('waits for the kernel, and is live with the first frame', () => {
    const model = ended();
    assert.equal(model.revive(1_000_100), true);
    assert.deepEqual([model.final, model.current.badge], [false, 'connecting']);
    model.connect('connected');
    model.receive(frameOf({ rows: 1 }), 2, 1_000_200);
    assert.equal(model.current.badge, 'live');
    model.connect('lost');
    assert.equal(model.current.badge, 'reconnecting');
  });

  it('has ended again where the kernel does not know it, or is lost before a frame', () => {
    for (const connection of ['unknown', 'lost', 'none'] as const) {
      const model = ended();
      model.revive(1_000_100);
      model.connect(connection);
      assert.deepEqual([model.final, model.current.badge], [true, 'stopped']);
    }
  });

  it('asks once for each start of the stream', () => {
    const model = ended();
    assert.equal(model.revive(1_000_100), true);
    model.receive(frameOf({ state: 'stopped' }), 2, 1_000_200);
    assert.equal(model.revive(1_000_100), false);
    assert.equal(model.revive(1_000_300), true);
  });

  it('stays as it is while it runs, or when it ended before its stream', () => {
    const live = new ViewModel(snapshotOf());
    assert.equal(live.revive(2_000_000), false);
    const bounded = new ViewModel(snapshotOf({ state: 'live' }, { final: true }));
    assert.equal(bounded.revive(2_000_000), false);
  });
});
