import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { GetBootstrapBrokersResponse } from '@aws-sdk/client-kafka';
import { bootstrapBrokers } from '../../../../src/runtime/aws/msk/brokers.ts';
import type { MskOperations } from '../../../../src/runtime/aws/msk/operations.ts';
import { failsWith } from '../../../fakes/errors.ts';
import { fakeService } from '../control/fake-service.ts';

const ARN = 'arn:aws:kafka:eu-west-1:123456789012:cluster/demo/0d6a2a5e-1';

const ALL: GetBootstrapBrokersResponse = {
  BootstrapBrokerString: 'b-1:9092',
  BootstrapBrokerStringTls: 'b-1:9094',
  BootstrapBrokerStringSaslScram: 'b-1:9096',
  BootstrapBrokerStringSaslIam: 'b-1:9098,b-2:9098, b-3:9098',
  BootstrapBrokerStringPublicTls: 'p-1:9194',
  BootstrapBrokerStringPublicSaslScram: 'p-1:9196',
  BootstrapBrokerStringPublicSaslIam: 'p-1:9198'
};

const ask = (
  answer: GetBootstrapBrokersResponse,
  query: Omit<Parameters<typeof bootstrapBrokers>[1], 'cluster'>
) => {
  const msk = fakeService<MskOperations>('kafka', { GetBootstrapBrokers: () => answer });
  return bootstrapBrokers(msk.send, { cluster: ARN, ...query });
};

describe('bootstrap brokers of MSK', () => {
  it('are those of the wanted listener', async () => {
    const cases = [
      ['none', false, 'b-1:9092'],
      ['tls', false, 'b-1:9094'],
      ['mtls', false, 'b-1:9094'],
      ['scram', false, 'b-1:9096'],
      ['tls', true, 'p-1:9194'],
      ['scram', true, 'p-1:9196'],
      ['iam', true, 'p-1:9198']
    ] as const;
    for (const [auth, publicOnes, broker] of cases)
      assert.deepEqual((await ask(ALL, { auth, publicOnes })).brokers, [broker], auth);
    const { brokers } = await ask(ALL, { auth: 'iam', publicOnes: false });
    assert.deepEqual(brokers, ['b-1:9098', 'b-2:9098', 'b-3:9098']);
  });

  it('prefer IAM, then TLS, SCRAM and no encryption, where none is wanted', async () => {
    const noIam = { ...ALL, BootstrapBrokerStringSaslIam: undefined };
    const noTls = { ...noIam, BootstrapBrokerStringTls: undefined };
    const noScram = { ...noTls, BootstrapBrokerStringSaslScram: '' };
    const found = await Promise.all(
      [ALL, noIam, noTls, noScram].map(answer => ask(answer, { publicOnes: false }))
    );
    assert.deepEqual(
      found.map(({ auth }) => auth),
      ['iam', 'tls', 'scram', 'none']
    );
  });

  it('are those of IPv6 where there are no others', async () => {
    const answer = { BootstrapBrokerStringSaslIamIpv6: 'v6-1:20098' };
    assert.deepEqual(await ask(answer, { auth: 'iam', publicOnes: false }), {
      auth: 'iam',
      brokers: ['v6-1:20098']
    });
  });

  it('that are missing are an error that says what there is', async () => {
    await assert.rejects(
      ask({ BootstrapBrokerStringSaslIam: 'b-1:9098' }, { auth: 'scram', publicOnes: false }),
      failsWith('HR_ENVIRONMENT', /demo has no brokers for SCRAM \(it has IAM in its VPC\)/)
    );
    await assert.rejects(
      ask({ BootstrapBrokerStringSaslIam: 'b-1:9098' }, { auth: 'iam', publicOnes: true }),
      failsWith('HR_ENVIRONMENT', /IAM that the internet reaches.*--public-brokers/)
    );
    await assert.rejects(
      ask(ALL, { auth: 'none', publicOnes: true }),
      failsWith('HR_ENVIRONMENT', /unencrypted access that the internet reaches/)
    );
    await assert.rejects(
      ask({}, { publicOnes: false }),
      failsWith('HR_ENVIRONMENT', /names no brokers at all.*Wait until the cluster is active/)
    );
  });
});
