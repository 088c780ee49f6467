import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { jarLock, parseJarLock, rootVersion } from '../../../src/local/artifacts/jar-lock.ts';

describe('the lock of the jars', () => {
  const lock = jarLock();

  it('pins the roots of every set', () => {
    assert.equal(rootVersion(lock.sets.broker), '4.1.0');
    assert.equal(rootVersion(lock.sets.connector), '4.2.0');
    for (const set of Object.values(lock.sets)) {
      const coordinates = set.jars.map(jar => jar.coordinate);
      for (const root of set.roots) assert.ok(coordinates.includes(root), root);
    }
  });

  it('names each file of a set once', () => {
    for (const set of Object.values(lock.sets)) {
      const files = set.jars.map(jar => jar.file);
      assert.equal(new Set(files).size, files.length);
    }
  });

  it('leaves to Spark what Spark ships', () => {
    const shipped = lock.sets.connector.jars.filter(jar =>
      /scala-library|hadoop-client|spark-(core|sql)_/.test(jar.coordinate)
    );
    assert.deepEqual(shipped, []);
  });

  it('gives the broker something that writes its log', () => {
    const binding = lock.sets.broker.jars.find(jar => jar.file.startsWith('log4j-slf4j-impl-'));
    assert.notEqual(binding, undefined);
  });

  it('refuses a checksum that is none, a path as a file name, and another version', () => {
    const [jar] = lock.sets.fileSystem.jars;
    assert.ok(jar);
    const withJar = (change: object): unknown => ({
      ...lock,
      sets: { ...lock.sets, fileSystem: { ...lock.sets.fileSystem, jars: [{ ...jar, ...change }] } }
    });
    assert.doesNotThrow(() => parseJarLock(withJar({})));
    assert.throws(() => parseJarLock(withJar({ sha256: 'abc' })));
    assert.throws(() => parseJarLock(withJar({ file: '../evil.jar' })));
    assert.throws(() => parseJarLock({ ...lock, version: 2 }));
  });
});
