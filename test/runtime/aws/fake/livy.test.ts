import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, it, type TestContext } from 'node:test';
import { systemClock } from '../../../../src/runtime/clock.ts';
import { authenticationOf } from '../../../../src/runtime/livy/auth/authentication.ts';
import { applied, bench, outputsOf } from './support.ts';
import { spark } from './templates.ts';

interface Arrived {
  readonly path: string;
  readonly authorization: string;
  readonly body: string;
}

/** What stands behind the endpoint. */
async function gateway(test: TestContext) {
  const arrived: Arrived[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { url: path = '', headers } = request;
      const body = Buffer.concat(chunks).toString();
      arrived.push({ path, authorization: headers.authorization ?? '', body });
      response.writeHead(201, { 'content-type': 'application/json' }).end('{"id":0}');
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  test.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, arrived };
}

const ROLE = 'emr-serverless.session.executionRoleArn';
const SESSION = { kind: 'pyspark', conf: { [ROLE]: 'arn:aws:iam::1:role/r', 'spark.a': '1' } };

async function endpoint(test: TestContext) {
  const { url, arrived } = await gateway(test);
  const clients = await bench(test, { livy: { url, token: 'secret' } });
  const { aws, emrServerless } = clients;
  const { ApplicationId: applicationId = '' } = outputsOf(
    await applied(clients, { template: spark })
  );
  const start = async () => {
    await emrServerless.startApplication({ applicationId });
    while (
      (await emrServerless.getApplication({ applicationId })).application?.state !== 'STARTED'
    );
  };
  const ask = async (method: string, path: string, given?: object, keys = aws.keys) => {
    const target = new URL(aws.livyUrl(applicationId) + path);
    const body = given === undefined ? undefined : JSON.stringify(given);
    const auth = authenticationOf({ kind: 'sigv4', region: aws.region }, systemClock, () =>
      Promise.resolve(keys)
    );
    const headers = { 'content-type': 'application/json' };
    const signed = await auth.headers({ method, url: target, headers, body });
    return fetch(target, {
      method,
      headers: { ...headers, ...signed },
      ...(body === undefined ? {} : { body })
    });
  };
  return { aws, arrived, start, ask };
}

describe('the fake Livy endpoint of EMR Serverless', () => {
  it('passes on what is signed, without the role, with its own token', async test => {
    const { aws, arrived, start, ask } = await endpoint(test);
    await start();
    const answer = await ask('POST', '/sessions', SESSION);
    assert.equal(answer.status, 201);
    assert.deepEqual(await answer.json(), { id: 0 });
    await ask('GET', '/sessions/0/statements?from=1&size=2');
    assert.deepEqual(arrived, [
      {
        path: '/sessions',
        authorization: 'Bearer secret',
        body: JSON.stringify({ kind: 'pyspark', conf: { 'spark.a': '1' } })
      },
      { path: '/sessions/0/statements?from=1&size=2', authorization: 'Bearer secret', body: '' }
    ]);
    const { service, action, permissions, principal } = aws.calls.at(-1) ?? {};
    assert.deepEqual([service, action], ['livy', 'GET /sessions/N/statements']);
    assert.deepEqual(permissions, ['emr-serverless:AccessLivyEndpoints']);
    assert.equal(principal, 'arn:aws:iam::123456789012:user/tester');
  });

  it('refuses wrong keys and unsigned requests', async test => {
    const { aws, arrived, start, ask } = await endpoint(test);
    await start();
    const wrong = { ...aws.keys, secretAccessKey: 'another' };
    assert.equal((await ask('POST', '/sessions', SESSION, wrong)).status, 403);
    const stranger = { ...aws.keys, accessKeyId: 'AKIAnobody' };
    assert.equal((await ask('GET', '/sessions', undefined, stranger)).status, 403);
    assert.equal((await fetch(`${aws.livyUrl('any')}/sessions`)).status, 403);
    assert.deepEqual(arrived, []);
  });

  it('takes what AWS takes only: a started application, a role, no batches, no logs', async test => {
    const { aws, arrived, start, ask } = await endpoint(test);
    assert.equal((await ask('GET', '/sessions')).status, 400);
    await start();
    assert.equal((await ask('POST', '/sessions', { kind: 'pyspark' })).status, 400);
    assert.equal((await ask('GET', '/batches')).status, 404);
    assert.equal((await ask('GET', '/sessions/0/log')).status, 404);
    aws.faults.add({ service: 'livy', action: 'GET /sessions', times: 1, how: 'cut' });
    await assert.rejects(ask('GET', '/sessions'));
    assert.deepEqual(arrived, []);
  });
});
