import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileSha256 } from '../../../src/local/artifacts/checksum.ts';
import { jarSetFolder, missingJars } from '../../../src/local/artifacts/jar-sets.ts';
import { headracePaths } from '../../../src/local/paths.ts';

function jar(file: string, content: string) {
  const sha256 = createHash('sha256').update(content).digest('hex');
  return { coordinate: `g:${file}:1`, file, bytes: content.length, sha256 };
}

describe('a set of jars in the cache', () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'headrace-jars-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('misses what is not there and what has another checksum, and nothing else', async () => {
    await writeFile(path.join(folder, 'whole.jar'), 'whole');
    await writeFile(path.join(folder, 'broken.jar'), 'bro');
    const set = {
      roots: ['g:whole.jar:1'],
      jars: [jar('whole.jar', 'whole'), jar('broken.jar', 'broken'), jar('absent.jar', 'absent')]
    };
    const missing = await missingJars(folder, set);
    assert.deepEqual(
      missing.map(one => one.file),
      ['broken.jar', 'absent.jar']
    );
  });

  it('is kept by version, so that a running stack keeps its own', () => {
    const paths = headracePaths({ HEADRACE_HOME: '/h' });
    const set = { roots: ['org.apache.kafka:kafka_2.13:4.1.0'], jars: [jar('a.jar', 'a')] };
    assert.equal(jarSetFolder(paths, 'broker', set), '/h/jars/broker-4.1.0');
  });

  it('has the checksum that sha256sum prints', async () => {
    const file = path.join(folder, 'empty');
    await writeFile(file, '');
    assert.equal(
      await fileSha256(file),
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
    );
    assert.equal(await fileSha256(path.join(folder, 'none')), null);
  });
});
