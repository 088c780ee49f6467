import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { isAlive, ownIdentity } from '../../../src/local/processes.ts';
import { acquireLock, lockHolder } from '../../../src/local/supervisor/stack-lock.ts';

describe('the lock of the stack', () => {
  let folder = '';
  let file = '';
  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'headrace-lock-'));
    file = path.join(folder, 'stack.lock');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** The lock that a process left which has ended since. */
  async function leaveStaleLock(): Promise<void> {
    const { pid } = spawnSync('true');
    await writeFile(file, JSON.stringify({ pid, start: '1', nonce: 'of-the-dead' }));
  }

  it('is held until it is released, and leaves no file', async () => {
    const lock = await acquireLock(file);
    assert.ok(lock);
    assert.deepEqual((await lockHolder(file))?.pid, process.pid);
    assert.equal(await acquireLock(file), null);
    await lock.release();
    assert.equal(await lockHolder(file), null);
    assert.deepEqual(await readdir(folder), []);
  });

  it('goes to one of many who try at once', async () => {
    const locks = await Promise.all(Array.from({ length: 20 }, () => acquireLock(file)));
    assert.equal(locks.filter(lock => lock !== null).length, 1);
    assert.deepEqual(await readdir(folder), ['stack.lock']);
  });

  it('is taken over from a dead process by one of many who try at once', async () => {
    await leaveStaleLock();
    assert.equal(await lockHolder(file), null);
    const locks = await Promise.all(Array.from({ length: 20 }, () => acquireLock(file)));
    assert.equal(locks.filter(lock => lock !== null).length, 1);
    assert.deepEqual(await readdir(folder), ['stack.lock']);
  });

  it('is stale when another process has the number now', async () => {
    await writeFile(file, JSON.stringify({ pid: process.pid, start: 'earlier', nonce: 'n' }));
    assert.ok(await acquireLock(file));
  });

  it('is stale when its text is damaged', async () => {
    await writeFile(file, '{"pid":');
    const locks = await Promise.all(Array.from({ length: 5 }, () => acquireLock(file)));
    assert.equal(locks.filter(lock => lock !== null).length, 1);
  });

  it('outlives a claimant that died in the middle', async () => {
    await leaveStaleLock();
    const { pid } = spawnSync('true');
    const claim = `${file}.after-of-the-dead`;
    await writeFile(claim, JSON.stringify({ pid, start: '1', nonce: 'claimant' }));
    assert.ok(await acquireLock(file));
    assert.deepEqual(await readdir(folder), ['stack.lock']);
  });

  it('is not released by one who lost it', async () => {
    const lock = await acquireLock(file);
    const other = JSON.stringify({ ...(await ownIdentity()), nonce: 'other' });
    await writeFile(file, other);
    await lock?.release();
    assert.ok(await lockHolder(file));
  });
});

describe('the identity of a process', () => {
  it('is alive for this one and dead for another start or an ended one', async () => {
    const own = await ownIdentity();
    assert.ok(await isAlive(own));
    assert.equal(await isAlive({ ...own, start: 'earlier' }), false);
    const { pid } = spawnSync('true');
    assert.equal(await isAlive({ pid, start: own.start }), false);
  });
});
