import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { layer, TWO_ZONES } from './layer.ts';
import { textOf } from './walk.ts';

describe('MSK', () => {
  it('is MSK with KRaft, TLS and IAM, which makes no topic by itself', () => {
    const { properties } = layer('kafka');
    const cluster = properties('Cluster');
    assert.equal(cluster['KafkaVersion'], '3.9.x.kraft');
    assert.equal(cluster['NumberOfBrokerNodes'], 3);
    assert.deepEqual(cluster['EncryptionInfo'], {
      EncryptionInTransit: { ClientBroker: 'TLS', InCluster: true }
    });
    assert.deepEqual(cluster['ClientAuthentication'], {
      Sasl: { Iam: { Enabled: true }, Scram: { Enabled: false } },
      Tls: { Enabled: false },
      Unauthenticated: { Enabled: false }
    });
    const settings = textOf(properties('Configuration')['ServerProperties']).split('\n');
    assert.deepEqual(settings, [
      'auto.create.topics.enable=false',
      'default.replication.factor=3',
      'min.insync.replicas=2'
    ]);
  });

  it('has as many copies as zones, and brokers for each', () => {
    const { properties } = layer('kafka', { size: 'large' }, TWO_ZONES);
    assert.equal(properties('Cluster')['NumberOfBrokerNodes'], 4);
    assert.match(
      textOf(properties('Configuration')['ServerProperties']),
      /factor=2\nmin\.insync\.replicas=1$/
    );
  });

  it('has a secret for SCRAM, an authority for mTLS, and neither without', () => {
    const scram = layer('kafka', { kafkaAuth: 'scram' });
    assert.equal(scram.properties('Secret')['Name'], 'AmazonMSK_headrace-clicks');
    assert.deepEqual(scram.properties('ScramUser')['SecretArnList'], [{ Ref: 'Secret' }]);
    const mtls = layer('kafka', { kafkaAuth: 'mtls' });
    assert.equal(mtls.template.Resources['Cluster']?.DependsOn, 'AuthorityActivation');
    const none = layer('kafka', { kafkaAuth: 'none' });
    assert.deepEqual(Object.keys(none.template.Resources), [
      'BrokerLogs',
      'Configuration',
      'Cluster'
    ]);
  });

  it('gives its ARN by reference, which also those have who cannot ask for attributes', () => {
    for (const kafka of ['msk', 'msk-serverless'])
      assert.deepEqual(layer('kafka', { kafka }).template.Outputs?.['ClusterArn']?.Value, {
        Ref: 'Cluster'
      });
  });
});
