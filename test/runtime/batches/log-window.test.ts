import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { contentOf, LogWindow } from '../../../src/runtime/batches/log-window.ts';
import { livyLog } from '../../fakes/memory-batches.ts';

describe('new lines of a log', () => {
  it('come once, though each output moves the other down', () => {
    const window = new LogWindow();
    assert.deepEqual(window.take(livyLog([])), { lines: [], gap: false });
    assert.deepEqual(window.take(livyLog(['a'], ['x'])).lines, ['a', 'x']);
    assert.deepEqual(window.take(livyLog(['a', 'b'], ['x'])).lines, ['b']);
    assert.deepEqual(window.take(livyLog(['a', 'b'], ['x', 'y'])).lines, ['y']);
    assert.deepEqual(window.take(livyLog(['a', 'b'], ['x', 'y'])), { lines: [], gap: false });
  });

  it('are found when the endpoint has dropped old ones', () => {
    const window = new LogWindow();
    window.take(livyLog(['a', 'b', 'c']));
    assert.deepEqual(window.take(livyLog(['b', 'c', 'd', 'e'])), {
      lines: ['d', 'e'],
      gap: false
    });
    assert.deepEqual(window.take(livyLog(['y', 'z'])), { lines: ['y', 'z'], gap: true });
  });

  it('are found among equal lines', () => {
    const window = new LogWindow();
    window.take(livyLog(['.', '.']));
    assert.deepEqual(window.take(livyLog(['.', '.', '.'])).lines, ['.']);
  });

  it('are never headings', () => {
    const log = [...livyLog(['a'], ['b']), '\nYARN Diagnostics: ', 'c'];
    assert.deepEqual(new LogWindow().take(log).lines, ['a', 'b', 'c']);
    assert.deepEqual(contentOf(log), ['a', 'b', 'c']);
  });
});
