import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  badgeText,
  figures,
  modeText,
  stampText,
  summaryText,
  warnings
} from '../../src/panels/texts.ts';
import type { Badge, ViewState } from '../../src/panels/view-state.ts';
import { english } from '../fakes/translate.ts';
import { frameOf, view } from './views.ts';

function stateOf(badge: Badge, changes: Partial<ViewState> = {}): ViewState {
  return {
    badge,
    frame: frameOf(),
    heldBack: 0,
    ended: false,
    stale: false,
    at: 1_000_000,
    unreadable: 0,
    ...changes
  };
}

function valuesOf(state: ViewState): string[] {
  return figures(view, state, english).map(({ label, value }) => `${label} ${value}`);
}

describe('texts of a view', () => {
  it('has a word for each state, each another one', () => {
    const badges: Badge[] = [
      'starting',
      'waiting',
      'live',
      'stalled',
      'paused',
      'stopped',
      'failed'
    ];
    assert.equal(new Set(badges.map(badge => badgeText(badge, english))).size, badges.length);
  });

  it('tells rates, latency and size', () => {
    assert.deepEqual(valuesOf(stateOf('live')), [
      'In 1,000/s',
      'Out 4.3/s',
      'Latency 35 ms · p95 58 ms',
      'Keys 19'
    ]);
  });

  it('has the same figures before the first row and without a present', () => {
    const early = stateOf('starting', {
      frame: frameOf({ inputRate: 0, resultRate: 0, latencyMs: null, latencyP95Ms: null })
    });
    assert.deepEqual(valuesOf(early), ['In 0/s', 'Out 0/s', 'Latency –', 'Keys 19']);
    assert.deepEqual(valuesOf(stateOf('restarted', { stale: true })).slice(0, 2), [
      'In –',
      'Out –'
    ]);
  });

  it('warns of rows that are missing, and only then', () => {
    assert.deepEqual(warnings(stateOf('live'), english), []);
    const frame = frameOf({ dead: 1, dropped: 2000, late: 3 });
    assert.deepEqual(warnings(stateOf('live', { frame, unreadable: 2 }), english), [
      '1 unreadable record',
      '3 late records left out',
      '2,000 rows not shown',
      '2 frames could not be read'
    ]);
  });

  it('says how the query runs and why, and at the end why it ended', () => {
    assert.equal(modeText(stateOf('live'), english), 'Real-time mode: one topic, one count');
    const failed = frameOf({ state: 'failed', reason: 'no memory' });
    assert.equal(modeText(stateOf('failed', { frame: failed, ended: true }), english), 'no memory');
    const early = frameOf({ mode: null, reason: '' });
    assert.equal(modeText(stateOf('starting', { frame: early }), english), '');
  });

  it('says nothing of the mode when a view ended before its stream', () => {
    const ended = stateOf('stopped', { ended: true });
    assert.equal(modeText(ended, english), '');
    assert.deepEqual(valuesOf(ended).slice(0, 2), ['In –', 'Out –']);
  });

  it('stamps a picture that is not live', () => {
    assert.match(stampText(stateOf('stopped'), english), /^stopped \d\d:\d\d:\d\d · 1,000 rows$/);
    assert.match(stampText(stateOf('restarted'), english), /Run the cell again/);
    assert.equal(stampText(stateOf('paused', { heldBack: 1240 }), english), '+1,240 rows');
    assert.equal(stampText(stateOf('live'), english), '');
  });

  it('puts the picture into words', () => {
    assert.equal(summaryText(view, frameOf(), english), 'Words: be 1,234; to 7; or 6. 19 in all.');
    const empty = { ...frameOf(), data: { word: [], n: [] } };
    assert.equal(summaryText(view, empty, english), 'Words: no rows yet.');
  });
});
