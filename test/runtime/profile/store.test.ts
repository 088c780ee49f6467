import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import fc from 'fast-check';
import { profileName } from '../../../src/runtime/profile/profile.ts';
import { openProfiles } from '../../../src/runtime/profile/store.ts';
import { failsWith } from '../../fakes/errors.ts';
import { awsProfile } from '../../fakes/memory-aws.ts';
import { plainProfile } from '../../fakes/profiles.ts';

async function folder(test: TestContext): Promise<string> {
  const made = await mkdtemp(path.join(tmpdir(), 'headrace-profiles-'));
  test.after(() => rm(made, { recursive: true, force: true }));
  return path.join(made, 'profiles');
}

describe('the profiles of a user', () => {
  it('come back as they were saved, in order of their names', async test => {
    const store = openProfiles(await folder(test));
    const [lab, orders] = [plainProfile('lab'), awsProfile('orders')];
    await store.save(orders);
    await store.save(lab);
    assert.deepEqual(await store.list(), ['lab', 'orders']);
    assert.deepEqual(await store.read('lab'), lab);
    assert.deepEqual(await store.read('orders'), orders);
    await store.remove('lab');
    await store.remove('lab');
    assert.deepEqual(await store.list(), ['orders']);
  });

  it('are for this user only, whatever the folder was before, and nothing half written stays', async test => {
    const directory = await folder(test);
    await mkdir(directory, { recursive: true });
    await chmod(directory, 0o755);
    const store = openProfiles(directory);
    await store.save(plainProfile('lab'));
    await store.save(plainProfile('lab', { brokers: ['other.example.org:9092'] }));
    assert.equal((await stat(directory)).mode & 0o777, 0o700);
    assert.equal((await stat(path.join(directory, 'lab.json'))).mode & 0o777, 0o600);
    assert.deepEqual(await readdir(directory), ['lab.json']);
    assert.deepEqual((await store.read('lab'))?.brokers, ['other.example.org:9092']);
  });

  it('are none before the first is saved, and looking makes no folder', async test => {
    const directory = await folder(test);
    const store = openProfiles(directory);
    assert.deepEqual(await store.list(), []);
    assert.equal(await store.read('lab'), null);
    await assert.rejects(stat(directory));
  });

  it('says which part of a damaged file is wrong, and shows no secret', async test => {
    const directory = await folder(test);
    await mkdir(directory);
    const store = openProfiles(directory);
    const bad = {
      ...plainProfile('lab'),
      livy: { url: 'http://a', auth: { kind: 'bearer', token: 7, word: 'hunter2' } }
    };
    await writeFile(path.join(directory, 'lab.json'), JSON.stringify(bad));
    await assert.rejects(store.read('lab'), (error: unknown) => {
      assert.ok(failsWith('HR_FILE', /livy\.auth.* is wrong.*%provision attach/)(error));
      assert.doesNotMatch(String(error), /hunter2/);
      return true;
    });
    await writeFile(path.join(directory, 'lab.json'), '{');
    await assert.rejects(store.read('lab'), failsWith('HR_FILE', /cannot be read/));
  });

  it('says where it cannot write', async test => {
    const directory = await folder(test);
    await writeFile(directory, '');
    await assert.rejects(
      openProfiles(directory).save(plainProfile('lab')),
      failsWith('HR_DISK', /cannot be written to .*lab\.json/)
    );
  });

  it('never have a name that leads out of their folder', () => {
    fc.assert(
      fc.property(fc.string(), name => {
        const taken = profileName.safeParse(name).success;
        assert.ok(!taken || path.join('/p', `${name}.json`) === `/p/${name}.json`);
        assert.ok(!taken || (!name.startsWith('-') && name !== 'local'));
      })
    );
    for (const bad of ['local', '../x', 'a/b', '', '-x', 'A', '.x'])
      assert.equal(profileName.safeParse(bad).success, false, bad);
  });
});
