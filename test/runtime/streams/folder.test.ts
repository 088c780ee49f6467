import assert from 'node:assert/strict';
import path from 'node:path';
import { describe, it } from 'node:test';
import { folderIn } from '../../../src/runtime/streams/folder.ts';

describe('a folder inside a folder', () => {
  it('keeps both slashes of an address', () => {
    for (const folder of ['s3://bucket/checkpoints', 's3://bucket/checkpoints/'])
      assert.equal(folderIn(folder, 'nb'), 's3://bucket/checkpoints/nb');
    assert.equal(folderIn('hdfs:///checkpoints', 'nb'), 'hdfs:///checkpoints/nb');
  });

  it('is a path of this machine elsewhere', () => {
    assert.equal(folderIn('/data/checkpoints', 'nb'), path.join('/data/checkpoints', 'nb'));
  });
});
