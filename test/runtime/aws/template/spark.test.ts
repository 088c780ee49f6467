import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { machineTypes } from '../../../../src/runtime/aws/template/machine-types.ts';
import { base36 } from '../../../../src/runtime/aws/template/spark/eks.ts';
import { GIVEN, layer, ON_EC2, ON_EKS, TWO_ZONES, type Options } from './layer.ts';
import { specOf } from './matrix.ts';
import { statementsOf } from './policies.ts';
import { fieldsOf, listOf, textOf } from './walk.ts';

describe('Spark', () => {
  it('is EMR Serverless with Livy, a limit, and a stop when nobody works', () => {
    const { properties, parameters } = layer('spark');
    const application = properties('Application');
    assert.deepEqual(application['MaximumCapacity'], {
      Cpu: '16 vCPU',
      Memory: '64 GB',
      Disk: '320 GB'
    });
    assert.deepEqual(application['AutoStopConfiguration'], {
      Enabled: true,
      IdleTimeoutMinutes: 15
    });
    assert.equal(fieldsOf(application['InteractiveConfiguration'])['LivyEndpointEnabled'], true);
    assert.equal(application['Architecture'], 'ARM64');
    assert.deepEqual(parameters['ClusterArn'], { layer: 'kafka', output: 'ClusterArn' });
  });

  it('uses the catalog where it can reach it', () => {
    assert.ok(layer('spark').sids.includes('CatalogRead'));
    assert.equal(layer('spark').properties('Application')['RuntimeConfiguration'], undefined);
    const open = layer('spark', { subnets: 'public' });
    assert.ok(!layer('spark', { subnets: 'public' }).sids.includes('CatalogRead'));
    assert.match(
      JSON.stringify(open.properties('Application')['RuntimeConfiguration']),
      /in-memory/
    );
  });

  it('may use the one cluster, its topics and groups, and only where Kafka asks AWS who it is', () => {
    const policy = statementsOf(layer('spark').template);
    const resources = (sid: string) => policy.find(one => one.sid === sid)?.resources;
    assert.deepEqual(resources('KafkaCluster'), ['<ClusterArn>']);
    assert.deepEqual(resources('KafkaTopics'), [
      'arn:aws:kafka:eu-west-1:123456789012:topic/headrace-clicks/*/*'
    ]);
    assert.deepEqual(resources('KafkaGroups'), [
      'arn:aws:kafka:eu-west-1:123456789012:group/headrace-clicks/*/*'
    ]);
    assert.deepEqual(resources('Bucket'), ['arn:aws:s3:::<BucketName>']);
    const kafka = (fields: Options) =>
      layer('spark', fields).sids.filter(sid => sid.startsWith('Kafka'));
    assert.deepEqual(kafka({ kafkaAuth: 'scram' }), ['KafkaSecret', 'KafkaSecretKey']);
    for (const fields of [{ kafkaAuth: 'mtls' }, { kafkaAuth: 'none' }, ON_EC2]) {
      assert.deepEqual(kafka(fields), []);
      assert.equal(layer('spark', fields).parameters['ClusterArn'], undefined);
    }
  });

  it('is an EMR cluster whose role and profile have one name', () => {
    const { properties } = layer('spark', { spark: 'emr-ec2' });
    const name = 'headrace-clicks-eu-west-1-node';
    assert.equal(properties('NodeRole')['RoleName'], name);
    assert.equal(properties('NodeProfile')['InstanceProfileName'], name);
    const cluster = properties('Cluster');
    assert.deepEqual(cluster['AutoTerminationPolicy'], { IdleTimeout: 3600 });
    assert.match(textOf(cluster['Tags']), /for-use-with-amazon-emr-managed-policies/);
    assert.equal(
      fieldsOf(fieldsOf(cluster['ManagedScalingPolicy'])['ComputeLimits'])['MaximumCapacityUnits'],
      2
    );
    assert.deepEqual(
      listOf(cluster['Applications']).map(one => fieldsOf(one)['Name']),
      ['Hadoop', 'Hive', 'Livy', 'Spark']
    );
  });

  it('has the applications and the ports of its release', () => {
    const new8 = { spark: 'emr-ec2', release: 'emr-spark-8.1.0' };
    const ports = (fields: Options) =>
      ['ServiceToPrimaryIn', 'ServiceToCoreIn', 'PrimaryToServiceIn'].map(
        id => layer('spark', fields).properties(id)['FromPort']
      );
    assert.deepEqual(ports({ spark: 'emr-ec2' }), [8443, 8443, 9443]);
    assert.deepEqual(ports(new8), [443, 443, 443]);
    const applications = layer('spark', new8).properties('Cluster')['Applications'];
    assert.deepEqual(
      listOf(applications).map(one => fieldsOf(one)['Name']),
      ['Livy', 'Spark']
    );
  });

  it('declares every rule that EMR would add, and makes the cluster after them', () => {
    const { template } = layer('spark', { spark: 'emr-ec2' });
    const ids = Object.keys(template.Resources).filter(id => /(?:In|Out)$/.test(id));
    // Four pairs of nodes with three protocols each, and three ways to and from EMR; each at both ends.
    assert.equal(ids.length, (4 * 3 + 3) * 2);
    assert.deepEqual(template.Resources['Cluster']?.DependsOn, ids);
    const open = layer('spark', { spark: 'emr-ec2', subnets: 'public' });
    assert.equal(open.template.Resources['ServiceGroup'], undefined);
    assert.equal(
      fieldsOf(open.properties('Cluster')['Instances'])['ServiceAccessSecurityGroup'],
      undefined
    );
  });

  it('lets EMR make machines in subnets that it has not tagged, by their names', () => {
    assert.ok(!layer('spark', { spark: 'emr-ec2' }).sids.includes('GivenSubnets'));
    const { template } = layer('spark', { spark: 'emr-ec2', vpc: GIVEN }, TWO_ZONES);
    const given = statementsOf(template).find(one => one.sid === 'GivenSubnets');
    assert.deepEqual(
      given?.resources,
      ['subnet/subnet-01', 'subnet/subnet-02'].map(
        one => `arn:aws:ec2:eu-west-1:123456789012:${one}`
      )
    );
  });

  it('is a virtual cluster whose pods take the role on', () => {
    const { template, properties } = layer('spark', { vpc: GIVEN, ...ON_EKS }, TWO_ZONES);
    const role = 'headrace-clicks-eu-west-1-job';
    assert.equal(properties('ExecutionRole')['RoleName'], role);
    assert.equal(
      properties('DriverIdentity')['ServiceAccount'],
      `emr-containers-sa-spark-driver-123456789012-${base36(role)}`
    );
    assert.deepEqual(properties('VirtualCluster')['ContainerProvider'], {
      Type: 'EKS',
      Id: 'analytics',
      Info: { EksInfo: { Namespace: 'streams' } }
    });
    assert.ok('VirtualClusterId' in (template.Outputs ?? {}));
  });

  it('counts in base 36 as EMR names service accounts', () => {
    // 'a' is 97 = 2·36 + 25; 'ab' is 97·256 + 98 = 24930.
    assert.equal(base36('a'), '2p');
    assert.equal(base36('ab'), (24_930).toString(36));
    assert.equal(base36(''), '0');
  });

  it('knows the machines that zones have to offer', () => {
    assert.deepEqual(machineTypes(specOf()), []);
    assert.deepEqual(machineTypes(specOf(ON_EC2)), ['m7g.medium', 't4g.nano']);
    assert.deepEqual(machineTypes(specOf({ spark: 'emr-ec2', size: 'standard' })), [
      'm7g.xlarge',
      'm7g.2xlarge'
    ]);
  });
});
