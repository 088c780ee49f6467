import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { openLedger } from '../../../src/runtime/ledger/ledger.ts';
import { emptyRecord } from '../../../src/runtime/ledger/record.ts';
import { failsWith } from '../../fakes/errors.ts';
import { wordBars } from '../../fakes/views.ts';

async function folder(test: TestContext): Promise<string> {
  const created = await mkdtemp(path.join(tmpdir(), 'headrace-test-'));
  test.after(() => rm(created, { recursive: true, force: true }));
  return created;
}

describe('a ledger', () => {
  it('is read back by the next kernel, and is private', async test => {
    const directory = path.join(await folder(test), 'ledgers');
    const ledger = await openLedger(directory, 'nb');
    const changes = [
      ledger.update(record => ({ ...record, target: 'local', stackId: 'a-stack' })),
      ledger.update(record => ({ ...record, views: [wordBars] })),
      ledger.update(record => ({
        ...record,
        streams: [
          {
            startedAt: 1,
            spec: {
              name: 'counts',
              sources: [{ topic: 'words', format: 'text' }],
              query: { kind: 'wordcount' },
              from: 'earliest',
              mode: 'adaptive',
              maxRealTimeRate: 5_000
            }
          }
        ]
      }))
    ];
    await Promise.all(changes);
    assert.deepEqual((await openLedger(directory, 'nb')).record, ledger.record);
    assert.deepEqual(await readdir(directory), ['nb.json']);
    assert.equal((await stat(path.join(directory, 'nb.json'))).mode & 0o777, 0o600);
  });

  it('begins anew where its file cannot be understood', async test => {
    const directory = await folder(test);
    for (const content of ['', '{"version":1', '{"version":2}', '[]']) {
      await writeFile(path.join(directory, 'nb.json'), content);
      assert.deepEqual((await openLedger(directory, 'nb')).record, emptyRecord('nb'));
    }
  });

  it('keeps the newest entries only', async test => {
    const ledger = await openLedger(await folder(test), 'nb');
    const topics = Array.from({ length: 500 }, (_, index) => `t${index}`);
    await ledger.update(record => ({ ...record, topics }));
    assert.deepEqual([ledger.record.topics.length, ledger.record.topics.at(-1)], [200, 't499']);
  });

  it('says when it cannot be written, and goes on afterwards', async test => {
    const directory = path.join(await folder(test), 'ledgers');
    const ledger = await openLedger(directory, 'nb');
    await writeFile(directory, 'a file in the way');
    const failed = ledger.update(record => ({ ...record, topics: ['a'] }));
    await assert.rejects(failed, failsWith('HR_DISK', /cannot be written to .*nb\.json/));
    await rm(directory);
    await ledger.update(record => ({ ...record, topics: ['b'] }));
    await ledger.settled();
    assert.deepEqual((await openLedger(directory, 'nb')).record.topics, ['b']);
  });
});
