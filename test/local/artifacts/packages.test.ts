import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { resolvePackages, shippedArtifacts } from '../../../src/local/artifacts/packages.ts';
import { headracePaths } from '../../../src/local/paths.ts';

describe('packages that a user adds', () => {
  let base = '';
  before(async () => {
    base = await mkdtemp(path.join(os.tmpdir(), 'headrace-packages-'));
    await mkdir(path.join(base, 'spark/jars'), { recursive: true });
    const shipped = [
      'scala-library-2.13.18.jar',
      'spark-sql_2.13-4.3.0.jar',
      'hadoop-client-api-3.5.0.jar',
      'log4j-1.2-api-2.25.4.jar',
      'notes.txt'
    ];
    await Promise.all(shipped.map(name => writeFile(path.join(base, 'spark/jars', name), '')));
  });
  after(() => rm(base, { recursive: true, force: true }));

  const options = () => ({
    java: '/no/such/java',
    sparkHome: path.join(base, 'spark'),
    paths: headracePaths({ HEADRACE_HOME: path.join(base, 'home') }),
    onProgress: () => undefined,
    signal: new AbortController().signal
  });

  it('leave out what Spark ships, by the names of its jars', async () => {
    const names = await shippedArtifacts(path.join(base, 'spark'));
    assert.deepEqual(names.sort(), [
      'hadoop-client-api',
      'log4j',
      'log4j-1.2-api',
      'scala-library',
      'spark-sql_2.13'
    ]);
  });

  it('need no resolver when there are none', async () => {
    assert.deepEqual(await resolvePackages([], options()), []);
  });

  it('are checked before anything is started', async () => {
    await assert.rejects(resolvePackages(['g:a:1', 'nonsense'], options()), { code: 'HR_USAGE' });
  });

  it('leave nothing half done when the resolver cannot be started', async () => {
    await assert.rejects(resolvePackages(['g:a:1'], options()), { code: 'HR_PROCESS' });
    const again = resolvePackages(['g:a:1'], options());
    await assert.rejects(again, { code: 'HR_PROCESS' });
  });
});
