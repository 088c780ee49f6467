import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isolatedPython, pipError, pipLabel } from '../../../src/setup/python/pip.ts';

describe('pipLabel', () => {
  it('names the package and its size while it is fetched', () => {
    const line = '  Downloading pyspark-4.3.0-py2.py3-none-any.whl.metadata (434.2 MB)';
    assert.equal(pipLabel(line, 7), 'package 7: pyspark (434.2 MB)');
  });

  it('counts the packages that are installed', () => {
    assert.equal(pipLabel('Installing collected packages: a, b, c', 3), 'installing 3 packages');
  });

  it('says nothing about other lines', () => {
    assert.equal(pipLabel('Collecting pandas==2.3.3', 1), null);
  });
});

describe('pipError', () => {
  it('tells no network from a version that does not exist, although pip ends alike', () => {
    const noMatch = 'ERROR: No matching distribution found for pyspark==4.3.0';
    const offline = `WARNING: Retrying after connection broken by 'NewConnectionError: Failed to establish a new connection'\n${noMatch}`;
    assert.equal(pipError(offline).code, 'HR_DOWNLOAD');
    assert.equal(pipError(noMatch).code, 'HR_PROCESS');
    assert.match(pipError(noMatch).line, /No matching distribution found for pyspark==4\.3\.0/);
  });

  it('recognises a full disk and a folder that cannot be written', () => {
    const full =
      'ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device';
    const denied =
      "ERROR: Could not install packages due to an OSError: [Errno 13] Permission denied: '/x'";
    assert.equal(pipError(full).code, 'HR_DISK');
    assert.equal(pipError(denied).code, 'HR_FILE');
  });

  it('gives a next step for every end', () => {
    for (const log of ['', 'ERROR: x', '[Errno 28]', 'Max retries exceeded', 'Permission denied'])
      assert.match(pipError(log).line, /then repeat the command\.$/);
  });
});

describe('isolatedPython', () => {
  it('keeps packages from outside away and the mirror settings of the user', () => {
    const env = isolatedPython({ PYTHONPATH: '/x', PIP_INDEX_URL: 'https://mirror/simple' });
    assert.equal(env.PYTHONPATH, undefined);
    assert.equal(env.PYTHONNOUSERSITE, '1');
    assert.equal(env.PIP_INDEX_URL, 'https://mirror/simple');
  });
});
