import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, it, type TestContext } from 'node:test';
import { Kafka } from '@aws-sdk/client-kafka';
import { awsErrorName, senderOf } from '../../../../src/runtime/aws/control/send.ts';
import type { MskOperations } from '../../../../src/runtime/aws/msk/operations.ts';
import { failsWith } from '../../../fakes/errors.ts';

const ARN = 'arn:aws:kafka:eu-west-1:123456789012:cluster/demo/0d6a2a5e-1';
const ASKER = { service: 'kafka', region: 'eu-west-1', profile: 'work' };

/** The real client of the SDK, on a server of the test. */
async function sdk(
  test: TestContext,
  answer: (request: IncomingMessage, response: ServerResponse) => void
) {
  const server = createServer(answer);
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const client = new Kafka({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'a secret of the tests' },
    maxAttempts: 1
  });
  test.after(() => {
    client.destroy();
    server.closeAllConnections();
    server.close();
  });
  return client;
}

describe('the sender to AWS', () => {
  it('sends through the client of the SDK, which it loads with the first request', async test => {
    const paths: string[] = [];
    const client = await sdk(test, (request, response) => {
      paths.push(`${request.method} ${decodeURIComponent(request.url ?? '')}`);
      response.setHeader('content-type', 'application/json');
      response.end('{"bootstrapBrokerStringSaslIam":"b-1:9098,b-2:9098"}');
    });
    let loaded = 0;
    const send = senderOf<MskOperations>(ASKER, () => {
      loaded += 1;
      return Promise.resolve(client);
    });
    assert.equal(loaded, 0);
    const answer = await send('GetBootstrapBrokers', { ClusterArn: ARN });
    assert.equal(answer.BootstrapBrokerStringSaslIam, 'b-1:9098,b-2:9098');
    assert.deepEqual(paths, [`GET /v1/clusters/${ARN}/bootstrap-brokers`]);
  });

  it('tells the answer of the service as one line, and keeps its name', async test => {
    const client = await sdk(test, (_, response) => {
      response.statusCode = 404;
      response.setHeader('x-amzn-errortype', 'NotFoundException');
      response.end('{"message":"No such cluster."}');
    });
    const send = senderOf<MskOperations>(ASKER, () => Promise.resolve(client));
    await assert.rejects(send('GetBootstrapBrokers', { ClusterArn: ARN }), error => {
      assert.equal(awsErrorName(error), 'NotFoundException');
      return failsWith(
        'HR_AWS_REFUSED',
        /refused kafka:GetBootstrapBrokers.*No such cluster/
      )(error);
    });
  });

  it('ends a request when the signal is aborted', async test => {
    const client = await sdk(test, () => undefined);
    const send = senderOf<MskOperations>(ASKER, () => Promise.resolve(client));
    const abort = new AbortController();
    const sent = send('GetBootstrapBrokers', { ClusterArn: ARN }, abort.signal);
    abort.abort();
    await assert.rejects(sent, failsWith('HR_INTERRUPTED', /request to AWS/));
  });

  it('says who does not answer, and whose credentials are missing', async test => {
    const client = await sdk(test, (request, response) => response.destroy());
    const send = senderOf<MskOperations>(ASKER, () => Promise.resolve(client));
    await assert.rejects(
      send('GetBootstrapBrokers', { ClusterArn: ARN }),
      failsWith('HR_AWS_UNREACHABLE', /kafka:GetBootstrapBrokers/)
    );
    const none = Object.assign(new Error('No keys'), { name: 'CredentialsProviderError' });
    const unsigned = senderOf<MskOperations>(ASKER, () => Promise.reject(none));
    await assert.rejects(
      unsigned('GetBootstrapBrokers', { ClusterArn: ARN }),
      failsWith('HR_AWS_CREDENTIALS', /--profile work/)
    );
  });

  it('finds a method for each operation that it is used for', async test => {
    const client = await sdk(test, (_, response) => response.end('{}'));
    const send = senderOf<{ Nonsense: readonly [object, object] }>(ASKER, () =>
      Promise.resolve(client)
    );
    await assert.rejects(send('Nonsense', {}), failsWith('HR_INTERNAL', /has no Nonsense/));
  });
});
