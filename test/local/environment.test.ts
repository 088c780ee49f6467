import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Environment } from '../../src/local/environment.ts';
import { readEnvironment, writeEnvironment } from '../../src/local/environment.ts';

const ENVIRONMENT: Environment = {
  python: '/v/bin/python',
  java: '/usr/bin/java',
  javaHome: null,
  sparkHome: '/v/pyspark',
  sparkVersion: '4.3.0',
  kafkaJars: '/j/broker',
  kafkaVersion: '4.1.0',
  connectorJars: ['/j/connector/a.jar'],
  fileSystemJar: '/j/fs/b.jar'
};

describe('environment', () => {
  let base = '';
  before(async () => {
    base = await mkdtemp(path.join(os.tmpdir(), 'headrace-environment-'));
  });
  after(() => rm(base, { recursive: true, force: true }));

  it('reads what was written, for this user only, and leaves nothing else', async () => {
    const file = path.join(base, 'home/environment.json');
    await writeEnvironment(file, ENVIRONMENT);
    assert.deepEqual(await readEnvironment(file), ENVIRONMENT);
    assert.equal((await stat(file)).mode & 0o777, 0o600);
    assert.deepEqual(await readdir(path.dirname(file)), ['environment.json']);
  });

  it('says what to do where set-up has not run', async () => {
    await assert.rejects(readEnvironment(path.join(base, 'none.json')), {
      code: 'HR_PROCESS',
      next: 'Run npm start once.'
    });
  });

  it('refuses a damaged record in the same way', async () => {
    const file = path.join(base, 'damaged.json');
    for (const text of ['{', '{}', JSON.stringify({ ...ENVIRONMENT, connectorJars: [] })]) {
      await writeFile(file, text);
      await assert.rejects(readEnvironment(file), { code: 'HR_PROCESS' });
    }
  });
});
