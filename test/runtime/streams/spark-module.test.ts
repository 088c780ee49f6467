import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import { inflateSync } from 'node:zlib';
import { sparkModule } from '../../../src/runtime/streams/spark-module.ts';
import { failsWith } from '../../fakes/errors.ts';

const folder = path.resolve(import.meta.dirname, '../../../spark-jobs');

describe('the statement that brings the code of streams', () => {
  it('has the module and the whole package in it', async () => {
    const statement = await sparkModule(folder);
    const [, packed = ''] = /\n_headrace_bring\("([A-Za-z0-9+/=]+)"\)$/.exec(statement) ?? [];
    const text = inflateSync(Buffer.from(packed, 'base64')).toString('utf8');
    const sources = JSON.parse(text) as Record<string, string>;
    for (const name of ['headrace_streams.py', 'headrace/__init__.py', 'headrace/kafka.py'])
      assert.equal(sources[name], await readFile(path.join(folder, name), 'utf8'));
    assert.deepEqual(
      Object.keys(sources).filter(name => !/^(headrace_streams|headrace\/\w+)\.py$/.test(name)),
      []
    );
  });

  it('is short enough for a request', async () => {
    assert.ok((await sparkModule(folder)).length < 64 * 1024);
  });

  it('says where it was looked for', async () => {
    await assert.rejects(
      sparkModule('/nowhere'),
      failsWith('HR_FILE', /^The code of streams cannot be read from \/nowhere\./)
    );
  });
});
