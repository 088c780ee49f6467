import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { connectorConf, connectorsFor } from '../../../../src/runtime/aws/emr/connectors.ts';
import { capabilitiesOf } from '../../../../src/runtime/aws/emr/release.ts';
import { sparkKafkaOptions } from '../../../../src/runtime/kafka/spark-options.ts';
import { failsWith } from '../../../fakes/errors.ts';

describe('a release of EMR', () => {
  it('tells its Spark', () => {
    const spark3 = { spark: '3.5.8', scala: '2.12', realTimeMode: false, livyTtl: true };
    assert.deepEqual(capabilitiesOf('emr-7.14.0'), spark3);
    assert.deepEqual(capabilitiesOf('emr-7.14.0-latest'), spark3);
    assert.deepEqual(capabilitiesOf('emr-7.13.0-20260421'), { ...spark3, spark: '3.5.6' });
    const spark4 = { spark: '4.1.1', scala: '2.13', realTimeMode: true, livyTtl: true };
    assert.deepEqual(capabilitiesOf('emr-spark-8.1.0'), spark4);
    const spark40 = { ...spark4, spark: '4.0.2', realTimeMode: false };
    assert.deepEqual(capabilitiesOf('emr-spark-8.0.0-latest'), spark40);
    assert.deepEqual(capabilitiesOf('emr-spark-8.0-preview'), spark40);
  });

  it('that is not in the table is taken for the nearest of its line', () => {
    assert.equal(capabilitiesOf('emr-7.99.0').spark, '3.5.8');
    assert.equal(capabilitiesOf('emr-7.2.0').spark, '3.5.6');
    assert.equal(capabilitiesOf('emr-7.2.0').livyTtl, false);
    assert.equal(capabilitiesOf('emr-spark-8.7.0').spark, '4.1.1');
  });

  it('of another line is an error', () => {
    for (const release of ['emr-6.15.0', 'emr-8.0.0', 'emr-spark-9.0.0', 'emr-7', '7.14.0', ''])
      assert.throws(() => capabilitiesOf(release), failsWith('HR_USAGE', /is not known/), release);
  });
});

describe('connectors for Kafka', () => {
  it('have the versions of Spark and Scala in their names', () => {
    assert.deepEqual(connectorsFor('emr-7.14.0'), {
      packages: [
        'org.apache.spark:spark-sql-kafka-0-10_2.12:3.5.8',
        'software.amazon.msk:aws-msk-iam-auth:2.3.5'
      ],
      jars: [
        'spark-sql-kafka-0-10_2.12-3.5.8.jar',
        'spark-token-provider-kafka-0-10_2.12-3.5.8.jar',
        'kafka-clients-3.4.1.jar',
        'commons-pool2-2.11.1.jar',
        'aws-msk-iam-auth-2.3.5-all.jar'
      ]
    });
    assert.deepEqual(connectorsFor('emr-spark-8.1.0').packages, [
      'org.apache.spark:spark-sql-kafka-0-10_2.13:4.1.1',
      'software.amazon.msk:aws-msk-iam-auth:2.3.5'
    ]);
    assert.deepEqual(connectorsFor('emr-spark-8.0.0').jars.slice(0, 4), [
      'spark-sql-kafka-0-10_2.13-4.0.2.jar',
      'spark-token-provider-kafka-0-10_2.13-4.0.2.jar',
      'kafka-clients-3.9.0.jar',
      'commons-pool2-2.12.0.jar'
    ]);
  });

  it('come by Maven or from a bucket', () => {
    assert.deepEqual(connectorConf('emr-7.14.0'), {
      'spark.jars.packages':
        'org.apache.spark:spark-sql-kafka-0-10_2.12:3.5.8,software.amazon.msk:aws-msk-iam-auth:2.3.5'
    });
    const { 'spark.jars': jars = '' } = connectorConf('emr-7.14.0', 's3://demo/jars/');
    assert.equal(jars.split(',')[2], 's3://demo/jars/kafka-clients-3.4.1.jar');
  });
});

describe('options of Spark for Kafka', () => {
  it('say who asks, and where', () => {
    const brokers = ['b-1:9098', 'b-2:9098'];
    assert.deepEqual(sparkKafkaOptions({ auth: 'iam', brokers, groupIdPrefix: 'headrace-demo' }), {
      'kafka.bootstrap.servers': 'b-1:9098,b-2:9098',
      'kafka.security.protocol': 'SASL_SSL',
      'kafka.sasl.mechanism': 'AWS_MSK_IAM',
      'kafka.sasl.jaas.config': 'software.amazon.msk.auth.iam.IAMLoginModule required;',
      'kafka.sasl.client.callback.handler.class':
        'software.amazon.msk.auth.iam.IAMClientCallbackHandler',
      groupIdPrefix: 'headrace-demo'
    });
    assert.deepEqual(sparkKafkaOptions({ auth: 'tls', brokers: ['b-1:9094'] }), {
      'kafka.bootstrap.servers': 'b-1:9094',
      'kafka.security.protocol': 'SSL'
    });
    assert.deepEqual(sparkKafkaOptions({ auth: 'none', brokers: ['b-1:9092'] }), {
      'kafka.bootstrap.servers': 'b-1:9092'
    });
  });
});
