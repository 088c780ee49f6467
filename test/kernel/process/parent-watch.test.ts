import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, it } from 'node:test';
import { parentGone, parentPid } from '../../../src/kernel/process/parent-watch.ts';
import { ManualClock, settle } from '../../fakes/manual-clock.ts';

describe('the process that started the kernel', () => {
  it('is known from the environment, but not on Windows, where it is a handle', () => {
    assert.equal(parentPid({ JPY_PARENT_PID: '4711' }, 'linux'), 4711);
    assert.equal(parentPid({ JPY_PARENT_PID: '4711' }, 'win32'), null);
    for (const value of [undefined, '', 'x', '1', '0', '-5', '2.5'])
      assert.equal(parentPid({ JPY_PARENT_PID: value }, 'linux'), null);
  });

  it('is noticed when it is gone', async () => {
    const parent = spawn(process.execPath, ['-e', 'process.stdin.resume()']);
    const { pid } = parent;
    assert.ok(pid !== undefined);
    const clock = new ManualClock();
    let gone = false;
    const watched = parentGone(pid, clock, new AbortController().signal).then(() => (gone = true));
    await clock.advance(5_000);
    assert.equal(gone, false);
    parent.stdin.end();
    await once(parent, 'exit');
    await clock.advance(1_000);
    await watched;
    assert.equal(gone, true);
  });

  it('is not watched any more after an abort', async () => {
    const ending = new AbortController();
    const watched = parentGone(process.pid, new ManualClock(), ending.signal);
    await settle();
    ending.abort();
    await assert.rejects(watched, { code: 'HR_INTERRUPTED' });
  });
});
