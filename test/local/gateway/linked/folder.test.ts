import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { LinkedFolders } from '../../../../src/local/gateway/linked/folder.ts';

describe('folders of held processes', () => {
  let parent: string;
  let folders: LinkedFolders;
  beforeEach(() => {
    parent = mkdtempSync(path.join(os.tmpdir(), 'headrace-folders-'));
    folders = new LinkedFolders(path.join(parent, 'sessions'), 'session');
  });
  afterEach(() => rmSync(parent, { recursive: true }));

  it('have numbers that are never given twice, whoever gives them', () => {
    assert.equal(folders.nextId(), 0);
    folders.create(0, 'record.json', {});
    folders.remove(0);
    assert.equal(folders.nextId(), 1);
    const successor = new LinkedFolders(path.join(parent, 'sessions'), 'session');
    assert.equal(successor.nextId(), 2);
    const others = new LinkedFolders(path.join(parent, 'sessions'), 'batch');
    assert.equal(others.nextId(), 0);
  });

  it('go on counting above what is there when the count is lost', () => {
    folders.create(11, 'record.json', {});
    folders.create(9, 'record.json', {});
    assert.equal(folders.nextId(), 12);
    assert.deepEqual(folders.ids(), [9, 11]);
  });

  it('are for their user only', () => {
    const folder = folders.create(3, 'record.json', { a: 1 });
    assert.equal(folder, folders.path(3));
    assert.equal(statSync(folder).mode & 0o777, 0o700);
    assert.equal(statSync(path.join(folder, 'record.json')).mode & 0o777, 0o600);
  });

  it('are not there when their record cannot be written', () => {
    const unwritable = { toJSON: () => assert.fail('no space left') };
    assert.throws(() => folders.create(4, 'record.json', unwritable), /no space left/);
    assert.ok(!existsSync(folders.path(4)));
  });

  it('can be removed twice', () => {
    folders.create(5, 'record.json', {});
    folders.remove(5);
    folders.remove(5);
    assert.deepEqual(folders.ids(), []);
  });
});
