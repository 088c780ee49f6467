import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { readBroker, writeBroker } from '../../../src/local/broker/broker-record.ts';
import { createRequestSchema } from '../../../src/local/gateway/sessions/create-request.ts';
import { sessionFolders } from '../../../src/local/gateway/sessions/session-record.ts';
import { ensurePrivateFolder, headracePaths } from '../../../src/local/paths.ts';
import { takeOver } from '../../../src/local/supervisor/predecessor.ts';
import { writeStack, type StackRecord } from '../../../src/local/supervisor/records.ts';
import { ManualClock } from '../../fakes/manual-clock.ts';

const KILLED: StackRecord = {
  version: 1,
  id: 'stack',
  daemon: { pid: 7, start: 'earlier' },
  url: 'http://127.0.0.1:8998',
  token: 't'.repeat(43),
  brokers: ['127.0.0.1:9092'],
  startedAt: 5
};

describe('what an earlier daemon has left', () => {
  let run = '';
  const paths = () => headracePaths({ HEADRACE_HOME: run, HEADRACE_RUN: run });
  const file = () => path.join(paths().sessions, 'session-0', 'some.file');
  const quiet = (): void => undefined;

  beforeEach(async () => {
    run = await mkdtemp(path.join(os.tmpdir(), 'headrace-before-'));
    await ensurePrivateFolder(paths().data);
    sessionFolders(paths().sessions).create({
      version: 1,
      id: 0,
      request: createRequestSchema.parse({}),
      owner: null,
      createdAt: 5,
      lastActivity: 5
    });
    await writeFile(file(), '');
    await writeBroker(paths(), {
      version: 1,
      guard: { pid: 8, start: 'earlier' },
      port: 9092,
      controllerPort: 9093
    });
  });
  afterEach(() => rm(run, { recursive: true, force: true }));

  it('is kept for adoption where that daemon was killed', async () => {
    await writeStack(paths(), KILLED);
    assert.deepEqual(await takeOver(paths(), new ManualClock(), quiet), KILLED);
    assert.ok(existsSync(file()));
    assert.equal((await readBroker(paths()))?.port, 9092);
  });

  it('is removed where it ended in good order', async () => {
    assert.equal(await takeOver(paths(), new ManualClock(), quiet), null);
    assert.equal(existsSync(file()), false);
    assert.equal(await readBroker(paths()), null);
    assert.ok(existsSync(paths().sessions));
  });
});
