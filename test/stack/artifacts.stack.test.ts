import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server, type ServerResponse } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { jarLock } from '../../src/local/artifacts/jar-lock.ts';
import { ensureJarSet } from '../../src/local/artifacts/jar-sets.ts';
import { resolvePackages } from '../../src/local/artifacts/packages.ts';
import { readEnvironment, type Environment } from '../../src/local/environment.ts';
import { headracePaths } from '../../src/local/paths.ts';

/** The one jar of this set is small, and the mirror below is the only repository that is asked. */
const SET = 'fileSystem';
const [JAR] = jarLock().sets[SET].jars;
const POM = `<project><modelVersion>4.0.0</modelVersion><groupId>com.globalmentor</groupId>
<artifactId>hadoop-bare-naked-local-fs</artifactId><version>0.1.0</version></project>`;

type Answer = (response: ServerResponse) => void;

describe('jars from a mirror', () => {
  let home = '';
  let environment: Environment;
  let server: Server;
  let whole: Buffer;
  let answerJar: Answer;
  let requests: string[] = [];

  beforeEach(async () => {
    environment = await readEnvironment(headracePaths().environmentFile);
    whole = await readFile(environment.fileSystemJar);
    answerJar = response => void response.end(whole);
    requests = [];
    server = createServer((request, response) => {
      const url = request.url ?? '';
      if (request.method === 'GET') requests.push(url);
      if (url.endsWith('-0.1.0.pom')) response.end(POM);
      else if (url.endsWith('-0.1.0.jar')) answerJar(response);
      else response.writeHead(404).end();
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    home = await mkdtemp(path.join(os.tmpdir(), 'headrace-artifacts-'));
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
    await rm(home, { recursive: true, force: true });
  });

  async function options(signal = new AbortController().signal) {
    const address = server.address();
    assert.ok(typeof address === 'object' && address !== null);
    const settings = path.join(home, 'settings.xml');
    await writeFile(
      settings,
      `<ivysettings><settings defaultResolver="mirror"/><resolvers><ibiblio name="mirror"
       m2compatible="true" root="http://127.0.0.1:${address.port}/maven2/"/></resolvers></ivysettings>`
    );
    const { java, sparkHome } = environment;
    const env = { ...process.env, HEADRACE_IVY_SETTINGS: settings };
    const paths = headracePaths({ HEADRACE_HOME: home });
    const fractions: (number | null)[] = [];
    const onProgress = (step: { fraction: number | null }) => void fractions.push(step.fraction);
    return { java, sparkHome, paths, env, signal, onProgress, fractions };
  }

  const jarRequests = () => requests.filter(url => url.endsWith('.jar')).length;
  const drafts = async () =>
    (await readdir(path.join(home, 'jars'))).filter(name => name.startsWith('.incoming-'));

  it('are fetched once, checked, and told of as they come', async () => {
    const given = await options();
    const set = await ensureJarSet(SET, given);
    assert.deepEqual(await readdir(set.folder), [JAR?.file]);
    assert.deepEqual(given.fractions, [0, 1, 1]);
    await ensureJarSet(SET, given);
    assert.equal(jarRequests(), 1);
    assert.deepEqual(await drafts(), []);
  });

  it('that are damaged later are put right, and strangers are removed', async () => {
    const given = await options();
    const { folder, jars } = await ensureJarSet(SET, given);
    await writeFile(jars[0] ?? '', 'damaged');
    await writeFile(path.join(folder, 'stranger.jar'), '');
    await ensureJarSet(SET, given);
    assert.deepEqual(await readFile(jars[0] ?? ''), whole);
    assert.deepEqual(await readdir(folder), [JAR?.file]);
  });

  it('with the wrong content are refused, and fetched anew the next time', async () => {
    answerJar = response => void response.end('not the jar');
    const given = await options();
    await assert.rejects(ensureJarSet(SET, given), {
      code: 'HR_CHECKSUM',
      message: `${JAR?.coordinate} is not the file that was asked for`
    });
    assert.deepEqual(await readdir(path.join(home, 'jars', `${SET}-0.1.0`)), []);
    answerJar = response => void response.end(whole);
    const { jars } = await ensureJarSet(SET, given);
    assert.deepEqual(await readFile(jars[0] ?? ''), whole);
  });

  it('leave nothing half done when the download is broken off', async () => {
    const ending = new AbortController();
    answerJar = response => {
      response.writeHead(200, { 'content-length': String(whole.length) });
      response.write(whole.subarray(0, 1_000), () => ending.abort());
    };
    await assert.rejects(ensureJarSet(SET, await options(ending.signal)), {
      code: 'HR_INTERRUPTED'
    });
    assert.deepEqual(await drafts(), []);
    assert.deepEqual(await readdir(path.join(home, 'jars', `${SET}-0.1.0`)), []);
    answerJar = response => void response.end(whole);
    const { jars } = await ensureJarSet(SET, await options());
    assert.deepEqual(await readFile(jars[0] ?? ''), whole);
  });

  it('are told apart: a mirror that does not answer, and one that has no such jar', async () => {
    await assert.rejects(resolvePackages(['org.no:such_2.13:1'], await options()), {
      code: 'HR_DOWNLOAD',
      message: 'No repository has org.no:such_2.13:1'
    });
    const given = await options();
    await new Promise(resolve => server.close(resolve));
    await assert.rejects(ensureJarSet(SET, given), (error: Error & { why?: string }) => {
      assert.match(error.message, /^Cannot download com\.globalmentor:/);
      assert.match(error.why ?? '', /Connection refused/);
      return true;
    });
  });

  it('may be any package, whose jars are kept for the next session', async () => {
    const given = await options();
    const wanted = ['com.globalmentor:hadoop-bare-naked-local-fs:0.1.0'];
    const jars = await resolvePackages(wanted, given);
    assert.equal(jars.length, 1);
    assert.deepEqual(await readFile(jars[0] ?? ''), whole);
    const before = requests.length;
    assert.deepEqual(await resolvePackages(wanted, given), jars);
    assert.equal(requests.length, before);
  });
});
