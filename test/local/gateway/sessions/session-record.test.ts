import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { createRequestSchema } from '../../../../src/local/gateway/sessions/create-request.ts';
import {
  sessionFolders,
  type SessionRecord
} from '../../../../src/local/gateway/sessions/session-record.ts';

describe('records of sessions on the disk', () => {
  const parent = mkdtempSync(path.join(os.tmpdir(), 'headrace-records-'));
  after(() => rmSync(parent, { recursive: true }));

  const request = createRequestSchema.parse({
    kind: 'python',
    name: 'mine',
    conf: { 'spark.executor.instances': 3 },
    jars: ['a.jar'],
    ttl: 10,
    heartbeatTimeoutInSecond: 5
  });
  const record = (id: number): SessionRecord => ({
    version: 1,
    id,
    request,
    owner: 'ann',
    createdAt: 1,
    lastActivity: 2
  });

  it('come back as they were written, and as they were changed', () => {
    const store = sessionFolders(parent);
    const folder = store.create(record(3));
    const later = { ...record(3), lastActivity: 9 };
    store.update(later);
    assert.deepEqual(sessionFolders(parent).all(), [{ record: later, folder }]);
    store.remove(3);
    assert.deepEqual(store.all(), []);
  });

  it('that cannot be read are removed with their folder', () => {
    const store = sessionFolders(parent);
    store.create(record(4));
    const damaged = path.join(parent, 'session-5');
    mkdirSync(damaged);
    writeFileSync(path.join(damaged, 'session.json'), '{"version":1');
    mkdirSync(path.join(parent, 'session-6'));
    assert.deepEqual(
      store.all().map(({ record: { id } }) => id),
      [4]
    );
    assert.deepEqual(store.all().length, 1);
    assert.equal(store.nextId(), 5);
  });

  it('of a folder that is gone are not written again', () => {
    const store = sessionFolders(parent);
    store.update(record(77));
    assert.deepEqual(
      store.all().map(({ record: { id } }) => id),
      [4]
    );
  });
});
