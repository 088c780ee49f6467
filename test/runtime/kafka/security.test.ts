import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import type { KafkaClientAuth } from '../../../src/runtime/kafka/auth.ts';
import { createKafka } from '../../../src/runtime/kafka/client.ts';
import { securityOptions } from '../../../src/runtime/kafka/security.ts';
import { failsWith } from '../../fakes/errors.ts';
import { ManualClock } from '../../fakes/manual-clock.ts';
import { AUTHORITY, CLIENT_CERT, CLIENT_KEY } from './certificates.ts';
import { openSaslBroker } from './sasl-broker.ts';

const KEYS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'a secret of the tests' };
const credentials = () => Promise.resolve(KEYS);

/** What a broker sees of a client with this authentication, and what the client is told. */
async function meet(test: TestContext, auth: KafkaClientAuth) {
  const broker = await openSaslBroker();
  const kafka = createKafka({ brokers: [broker.address], auth });
  test.after(async () => {
    await kafka.close();
    await broker.close();
  });
  const refusal = await kafka.admin.listTopics().then(
    () => assert.fail('the broker refuses everybody'),
    (error: unknown) => error
  );
  return { seen: broker.seen[0], refusal };
}

describe('authentication at Kafka', () => {
  it('is nothing by default', () => {
    assert.deepEqual(securityOptions({ kind: 'none' }, new ManualClock()), {});
  });

  it('with IAM sends a token over TLS, and tells what the broker says', async test => {
    const auth = { kind: 'iam', region: 'eu-west-1', credentials, ca: AUTHORITY } as const;
    const { seen, refusal } = await meet(test, auth);
    assert.equal(seen?.mechanism, 'OAUTHBEARER');
    assert.equal(seen.server, 'localhost');
    const [head, bearer = '', ...end] = (seen.message ?? '').split('\x01');
    assert.deepEqual([head, ...end], ['n,,', '', '']);
    const [, token = ''] = /^auth=Bearer ([\w-]+)$/.exec(bearer) ?? [];
    const url = new URL(Buffer.from(token, 'base64url').toString('utf8'));
    assert.equal(url.searchParams.get('Action'), 'kafka-cluster:Connect');
    failsWith('HR_BROKER_REFUSED', /Access is denied by the test/)(refusal);
  });

  it('with SCRAM names the user', async test => {
    for (const mechanism of ['SCRAM-SHA-512', 'SCRAM-SHA-256'] as const) {
      const password = 'a secret of the tests';
      const auth = { kind: 'scram', mechanism, username: 'zoe', password, ca: AUTHORITY } as const;
      const { seen, refusal } = await meet(test, auth);
      assert.equal(seen?.mechanism, mechanism);
      assert.match(seen.message ?? '', /^n,,n=zoe,r=[\w-]+$/);
      failsWith('HR_BROKER_REFUSED', /denied by the test/)(refusal);
    }
  });

  it('with a certificate shows it', async test => {
    const broker = await openSaslBroker({ clientCertificate: true });
    const auth = { kind: 'mtls', key: CLIENT_KEY, cert: CLIENT_CERT, ca: AUTHORITY } as const;
    const kafka = createKafka({ brokers: [broker.address], auth });
    const asked = kafka.admin.listTopics().catch(() => undefined);
    test.after(async () => {
      await kafka.close();
      await broker.close();
      await asked;
    });
    assert.equal((await broker.first).client, 'client');
  });

  it('stops at a broker whose certificate nobody has signed that is known', async test => {
    const { seen, refusal } = await meet(test, { kind: 'tls' });
    assert.equal(seen?.mechanism, undefined);
    failsWith(
      'HR_BROKER_REFUSED',
      /certificate of the Kafka broker is not trusted.*localhost/
    )(refusal);
  });

  it('tells what is wrong with the credentials, not that the broker is away', async test => {
    const error = Object.assign(new Error('Token is expired'), { name: 'ExpiredToken' });
    const auth: KafkaClientAuth = {
      kind: 'iam',
      region: 'eu-west-1',
      credentials: () => Promise.reject(error),
      ca: AUTHORITY
    };
    const { refusal } = await meet(test, auth);
    failsWith('HR_AWS_CREDENTIALS', /expired.*aws sso login/)(refusal);
  });
});
