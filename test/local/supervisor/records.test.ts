import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { headracePaths } from '../../../src/local/paths.ts';
import {
  faultError,
  readStack,
  readStart,
  writeFault,
  writeStack,
  writeStep
} from '../../../src/local/supervisor/records.ts';
import { HeadraceError } from '../../../src/shared/errors.ts';

describe('the records of the stack', () => {
  let run = '';
  before(async () => {
    run = await mkdtemp(path.join(os.tmpdir(), 'headrace-records-'));
  });
  after(() => rm(run, { recursive: true, force: true }));
  const paths = () => headracePaths({ HEADRACE_HOME: run, HEADRACE_RUN: run });
  const record = {
    version: 1 as const,
    id: 'stack',
    daemon: { pid: 7, start: '99' },
    url: 'http://127.0.0.1:8998',
    token: 't'.repeat(43),
    brokers: ['127.0.0.1:9092'],
    startedAt: 5
  };

  it('keep the token for this user and leave no draft', async () => {
    await writeStack(paths(), record);
    assert.deepEqual(await readStack(paths()), record);
    assert.equal((await stat(paths().stackFile)).mode & 0o777, 0o600);
    assert.deepEqual(await readdir(run), ['stack.json']);
  });

  it('are as good as missing when damaged or of another version', async () => {
    for (const text of ['', '{', JSON.stringify({ ...record, version: 2 })]) {
      await writeFile(paths().stackFile, text);
      assert.equal(await readStack(paths()), null);
    }
  });

  it('carry the step of a start', async () => {
    await writeStep(paths(), { label: 'start Kafka', fraction: 0.1 });
    const start = await readStart(paths());
    assert.deepEqual(start, {
      pid: process.pid,
      label: 'start Kafka',
      fraction: 0.1,
      fault: null
    });
    assert.ok(start);
    assert.equal(faultError(start), null);
  });

  it('carry the reason of a failed start as it was', async () => {
    const error = new HeadraceError('HR_PORT', 'Port 1 is taken', {
      why: 'somebody has it',
      next: 'Take another.',
      traceback: ['a', 'b']
    });
    await writeFault(paths(), error);
    const start = await readStart(paths());
    assert.ok(start);
    const told = faultError(start);
    assert.equal(told?.code, 'HR_PORT');
    assert.equal(told.line, error.line);
    assert.deepEqual(told.traceback, ['a', 'b']);
  });
});
