import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, stat, symlink, access } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { ensurePrivateFolder, headracePaths, projectRoot } from '../../src/local/paths.ts';

describe('headracePaths', () => {
  it('puts the cache under ~/.cache by default and the run folder into it', () => {
    const paths = headracePaths({ HOME: '/home/ada' });
    assert.equal(paths.home, '/home/ada/.cache/headrace');
    assert.equal(paths.run, '/home/ada/.cache/headrace/run');
    assert.equal(paths.brokerData, '/home/ada/.cache/headrace/data/broker');
  });

  it('follows XDG_CACHE_HOME, and XDG_RUNTIME_DIR for small files only', () => {
    const paths = headracePaths({ XDG_CACHE_HOME: '/cache', XDG_RUNTIME_DIR: os.tmpdir() });
    assert.equal(paths.home, '/cache/headrace');
    assert.equal(paths.stackFile, path.join(os.tmpdir(), 'headrace/stack.json'));
    assert.equal(paths.data, '/cache/headrace/data');
  });

  it('ignores an XDG_RUNTIME_DIR that does not exist', () => {
    const paths = headracePaths({ HOME: '/home/ada', XDG_RUNTIME_DIR: '/no/such/folder' });
    assert.equal(paths.run, '/home/ada/.cache/headrace/run');
  });

  it('lets HEADRACE_HOME and HEADRACE_RUN win, data included', () => {
    const paths = headracePaths({ HEADRACE_HOME: '/h', HEADRACE_RUN: '/r', HOME: '/home/ada' });
    assert.equal(paths.environmentFile, '/h/environment.json');
    assert.equal(paths.lockFile, '/r/stack.lock');
    assert.equal(paths.sessions, '/r/data/sessions');
  });

  it('takes an empty variable as not set', () => {
    assert.equal(headracePaths({ HEADRACE_HOME: '', HOME: '/a' }).home, '/a/.cache/headrace');
  });
});

describe('projectRoot', () => {
  it('is the folder of package.json', async () => {
    await access(path.join(projectRoot(), 'package.json'));
    await access(path.join(projectRoot(), 'spark-jobs'));
  });
});

describe('ensurePrivateFolder', () => {
  let base = '';
  before(async () => {
    base = await mkdtemp(path.join(os.tmpdir(), 'headrace-paths-'));
  });
  after(() => rm(base, { recursive: true, force: true }));

  it('creates the folder for this user only', async () => {
    const folder = path.join(base, 'a/b');
    await ensurePrivateFolder(folder);
    assert.equal((await stat(folder)).mode & 0o777, 0o700);
  });

  it('tightens a folder that exists', async () => {
    const folder = path.join(base, 'open');
    await mkdir(folder, { mode: 0o755 });
    await ensurePrivateFolder(folder);
    assert.equal((await stat(folder)).mode & 0o777, 0o700);
  });

  it('refuses a link', async () => {
    const link = path.join(base, 'link');
    await symlink(base, link);
    await assert.rejects(ensurePrivateFolder(link), { code: 'HR_FILE' });
  });
});
