import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { kraftClusterId } from '../../../../src/runtime/aws/template/kafka/ec2.ts';
import { GIVEN, layer, ON_EC2, TWO_ZONES } from './layer.ts';
import { RESOLVED, specOf } from './matrix.ts';
import { fieldsOf, listOf, textOf } from './walk.ts';

describe('Kafka on EC2', () => {
  it('is one machine for dev and three for more, in all zones', () => {
    assert.deepEqual(layer('kafka', ON_EC2).ids('AWS::EC2::Instance'), ['Broker1', 'Bastion']);
    const { template, properties } = layer('kafka', { ...ON_EC2, size: 'standard' });
    const subnets = [1, 2, 3].map(node => properties(`Broker${node}Interface`)['SubnetId']);
    assert.deepEqual(
      subnets,
      [0, 1, 2].map(zone => ({ 'Fn::Select': [zone, { Ref: 'SubnetIds' }] }))
    );
    assert.equal(
      textOf(template.Outputs?.['Brokers']?.Value),
      [1, 2, 3].map(node => `<Broker${node}Interface.PrimaryPrivateIpAddress>:9092`).join()
    );
  });

  it('is ready when all brokers are seen, not when a machine runs', () => {
    const { template, properties } = layer('kafka', { ...ON_EC2, size: 'standard' });
    assert.deepEqual(template.Resources['Broker2']?.CreationPolicy, {
      ResourceSignal: { Count: 1, Timeout: 'PT15M' }
    });
    const script = textOf(fieldsOf(properties('Broker2')['UserData'])['Fn::Base64']);
    assert.match(script, /^NODES='3'$/m);
    assert.match(script, /^RESOURCE='Broker2'$/m);
    assert.match(
      script,
      /^VOTERS='1@<Broker1Interface\.PrimaryPrivateIpAddress>:9093,2@.*:9093,3@.*:9093'$/m
    );
    assert.ok(
      script.indexOf('until [ "$(seen)" = "$NODES" ]') < script.indexOf('tell --success true')
    );
  });

  it('has user data that a shell can read', () => {
    const { ids, properties } = layer('kafka', { ...ON_EC2, size: 'standard' });
    for (const id of ids('AWS::EC2::Instance')) {
      const script = textOf(fieldsOf(properties(id)['UserData'])['Fn::Base64']);
      const { status, stderr } = spawnSync('bash', ['-n'], { input: script, encoding: 'utf8' });
      assert.equal(status, 0, `${id}: ${stderr}`);
    }
  });

  it('has machines without keys, with IMDSv2 and encrypted volumes', () => {
    const { ids, properties } = layer('kafka', { ...ON_EC2, size: 'standard' });
    const shared = fieldsOf(properties('MachineTemplate')['LaunchTemplateData']);
    assert.equal(fieldsOf(shared['MetadataOptions'])['HttpTokens'], 'required');
    assert.match(
      textOf(shared['ImageId']),
      /^resolve:ssm:\/aws\/service\/ami-amazon-linux-latest\//
    );
    for (const id of ids('AWS::EC2::Instance')) {
      assert.equal(properties(id)['KeyName'], undefined);
      for (const volume of listOf(properties(id)['BlockDeviceMappings'])) {
        const ebs = fieldsOf(fieldsOf(volume)['Ebs']);
        assert.deepEqual([ebs['VolumeType'], ebs['Encrypted']], ['gp3', true]);
      }
    }
  });

  it('has a bastion with an address and no rule in, where brokers are private and the network is its own', () => {
    const { template, properties } = layer('kafka', ON_EC2);
    const [card] = listOf(properties('Bastion')['NetworkInterfaces']).map(fieldsOf);
    assert.equal(card?.['AssociatePublicIpAddress'], true);
    assert.deepEqual(card['SubnetId'], { 'Fn::Select': [0, { Ref: 'PublicSubnetIds' }] });
    const into = Object.values(template.Resources).filter(
      ({ Type, Properties }) =>
        Type === 'AWS::EC2::SecurityGroupIngress' &&
        textOf(Properties?.['GroupId']).includes('Bastion')
    );
    assert.deepEqual(into, []);
    for (const fields of [{ subnets: 'public' }, { vpc: GIVEN }])
      assert.equal(
        layer('kafka', { ...ON_EC2, ...fields }, 'vpc' in fields ? TWO_ZONES : {}).template
          .Resources['Bastion'],
        undefined
      );
  });

  it('gives public addresses to brokers in public subnets before they begin', () => {
    const { template, ids } = layer('kafka', { ...ON_EC2, subnets: 'public', size: 'standard' });
    assert.equal(ids('AWS::EC2::EIP').length, 3);
    assert.equal(template.Resources['Broker3']?.DependsOn, 'Broker3AddressUse');
  });

  it('has one identity for an environment, which Kafka and its tools take', () => {
    const id = (name: string) => kraftClusterId({ spec: specOf({ name }), resolved: RESOLVED });
    assert.equal(id('clicks'), id('clicks'));
    for (const name of ['clicks', 'orders', 'a1', 'b2', 'c3', 'd4', 'e5']) {
      assert.match(id(name), /^[A-Za-z0-9][\w-]{21}$/);
      assert.equal(Buffer.from(id(name), 'base64url').length, 16);
    }
  });
});
