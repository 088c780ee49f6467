import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { GIVEN, layer, ON_EKS, TWO_ZONES, type Options } from './layer.ts';
import { RESOLVED } from './matrix.ts';
import { textOf } from './walk.ts';

describe('the network', () => {
  it('has private subnets behind one NAT gateway, and S3 beside it', () => {
    const { template, properties, ids } = layer('net');
    assert.equal(ids('AWS::EC2::Subnet').length, 6);
    assert.equal(ids('AWS::EC2::NatGateway').length, 1);
    assert.deepEqual(properties('PrivateDefaultRoute')['NatGatewayId'], { Ref: 'NatGateway' });
    assert.deepEqual(properties('PrivateSubnet2Routes'), {
      SubnetId: { Ref: 'PrivateSubnet2' },
      RouteTableId: { Ref: 'PrivateRoutes' }
    });
    assert.equal(
      textOf(properties('S3Endpoint')['RouteTableIds']),
      '<PublicRoutes>,<PrivateRoutes>'
    );
    assert.equal(properties('PublicSubnet1')['MapPublicIpOnLaunch'], false);
    assert.equal(
      textOf(template.Outputs?.['SubnetIds']?.Value),
      '<PrivateSubnet1>,<PrivateSubnet2>,<PrivateSubnet3>'
    );
    assert.equal(
      textOf(template.Outputs?.['PublicSubnetIds']?.Value),
      '<PublicSubnet1>,<PublicSubnet2>,<PublicSubnet3>'
    );
  });

  it('has subnets that do not overlap, one in each zone', () => {
    const { properties, ids } = layer('net');
    const subnets = ids('AWS::EC2::Subnet').map(properties);
    assert.equal(new Set(subnets.map(one => one['CidrBlock'])).size, 6);
    for (const { CidrBlock: block } of subnets)
      assert.match(textOf(block), /^10\.0\.(?:0|16|32|128|144|160)\.0\/20$/);
    const zones = subnets.map(one => textOf(one['AvailabilityZone'])).sort();
    assert.deepEqual(zones, [...RESOLVED.zones, ...RESOLVED.zones].sort());
  });

  it('has public subnets alone, without a NAT gateway', () => {
    const { template, properties, ids } = layer('net', { subnets: 'public' });
    assert.equal(ids('AWS::EC2::Subnet').length, 3);
    assert.deepEqual([...ids('AWS::EC2::NatGateway'), ...ids('AWS::EC2::EIP')], []);
    assert.equal(properties('PublicSubnet1')['MapPublicIpOnLaunch'], true);
    assert.equal(template.Outputs?.['PublicSubnetIds'], undefined);
  });

  it('is nothing but groups and a bucket in a VPC that is given', () => {
    const { template, properties } = layer('net', { vpc: GIVEN }, TWO_ZONES);
    assert.deepEqual(Object.keys(template.Resources), [
      'KafkaGroup',
      'SparkGroup',
      'SparkToKafkaIn',
      'SparkToKafkaOut',
      'Bucket',
      'BucketPolicy'
    ]);
    assert.equal(properties('KafkaGroup')['VpcId'], 'vpc-01');
    assert.equal(textOf(template.Outputs?.['SubnetIds']?.Value), 'subnet-01,subnet-02');
  });

  it('lets in who is named: one address, or the group of an EKS cluster', () => {
    const open = layer(
      'net',
      { subnets: 'public', publicBrokers: true },
      { clientCidr: '203.0.113.7/32' }
    );
    assert.equal(open.properties('ClientsIn')['CidrIp'], '203.0.113.7/32');
    assert.equal(open.properties('ClientsIn')['FromPort'], 9198);
    const eks = layer(
      'net',
      { vpc: GIVEN, ...ON_EKS },
      { ...TWO_ZONES, eksSecurityGroup: 'sg-0e' }
    );
    assert.equal(eks.properties('EksIn')['SourceSecurityGroupId'], 'sg-0e');
    assert.equal(eks.properties('EksIn')['FromPort'], 9098);
  });

  it('has the tag of EMR where EMR makes machines, and nowhere else', () => {
    const tagged = (fields: Options) => {
      const { template } = layer('net', fields);
      return Object.entries(template.Resources).flatMap(([id, { Properties }]) =>
        textOf(Properties?.['Tags']).includes('for-use-with-amazon-emr-managed-policies')
          ? [id]
          : []
      );
    };
    assert.deepEqual(tagged({}), []);
    assert.deepEqual(tagged({ spark: 'emr-ec2' }), [
      'Vpc',
      'PrivateSubnet1',
      'PrivateSubnet2',
      'PrivateSubnet3',
      'SparkGroup'
    ]);
    assert.deepEqual(tagged({ spark: 'emr-ec2', subnets: 'public' }), [
      'Vpc',
      'PublicSubnet1',
      'PublicSubnet2',
      'PublicSubnet3',
      'SparkGroup'
    ]);
  });
});
