import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { readEnvironment } from '../../src/local/environment.ts';
import { headracePaths } from '../../src/local/paths.ts';
import { testStack } from './endpoints.ts';
import { field, idleSession, rest, run } from './rest.ts';

/** Code as long as the largest that people paste, in characters. */
const LONG_CODE = 10 * 1024 * 1024;

async function upload(path: string, part: string, name: string, content: Blob) {
  const { livyUrl, livyToken } = testStack();
  const form = new FormData();
  form.set(part, content, name);
  return fetch(`${livyUrl}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${livyToken}`, 'x-requested-by': 'test' },
    body: form
  });
}

describe('a session that runs', { timeout: 300_000 }, () => {
  let session = '';
  before(async () => {
    session = await idleSession({ kind: 'pyspark' });
  });
  after(() => rest('DELETE', session));

  async function textOf(code: string): Promise<string> {
    const answer = await run(session, { code });
    const output = field(answer, 'output') as { data?: Record<string, string> };
    assert.ok(output.data !== undefined, answer.body);
    return output.data['text/plain'] ?? '';
  }

  it('takes an uploaded Python file', async () => {
    const source = new Blob(['answer = 42\n']);
    const reply = await upload(`${session}/upload-pyfile`, 'file', 'uploaded_answer.py', source);
    assert.deepEqual([reply.status, await reply.text()], [200, '']);
    assert.equal(await textOf('import uploaded_answer\nuploaded_answer.answer'), '42');
  });

  it('takes an uploaded file', async () => {
    const reply = await upload(`${session}/upload-file`, 'file', 'words.txt', new Blob(['a b']));
    assert.equal(reply.status, 200);
    const code = "from pyspark import SparkFiles\nopen(SparkFiles.get('words.txt')).read()";
    assert.equal(await textOf(code), "'a b'");
  });

  it('takes an uploaded jar, and one that is named', async () => {
    const { connectorJars } = await readEnvironment(headracePaths(process.env).environmentFile);
    const jar = connectorJars[0] ?? '';
    const reply = await upload(
      `${session}/upload-jar`,
      'jar',
      'uploaded.jar',
      new Blob([await readFile(jar)])
    );
    assert.equal(reply.status, 200);
    assert.match(await textOf('spark.sql("LIST JARS").collect()'), /uploaded\.jar/);
    assert.equal((await rest('POST', `${session}/add-jar`, { uri: `file://${jar}` })).status, 200);
  });

  it('refuses an upload without the file, and a file that is not there', async () => {
    const wrong = await upload(`${session}/upload-jar`, 'other', 'a.jar', new Blob(['x']));
    assert.deepEqual([wrong.status, await wrong.json()], [400, 'No jar sent!']);
    const missing = await rest('POST', `${session}/add-file`, { uri: 'file:///nowhere/a.txt' });
    assert.equal(missing.status, 400);
    assert.match(String(field(missing, 'msg')), /Local path \/nowhere\/a\.txt cannot be added/);
  });

  it('takes code of 10 MB', async () => {
    const code = `x = ${JSON.stringify('y'.repeat(LONG_CODE))}\nlen(x)`;
    assert.equal(await textOf(code), String(LONG_CODE));
  });
});
