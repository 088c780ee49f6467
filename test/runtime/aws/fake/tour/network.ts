import assert from 'node:assert/strict';
import type { Tour } from './tour.ts';

export async function lookAtEc2({ clients, out, same }: Tour): Promise<void> {
  const { ec2 } = clients;
  const zones = await ec2.describeAvailabilityZones({});
  assert.deepEqual(
    zones.AvailabilityZones?.map(zone => [zone.ZoneName, zone.ZoneId]),
    [
      ['eu-west-1a', 'euw1-az1'],
      ['eu-west-1b', 'euw1-az2'],
      ['eu-west-1c', 'euw1-az3']
    ]
  );
  const looks = {
    DescribeAvailabilityZones: () => ec2.describeAvailabilityZones({}),
    DescribeVpcs: () => ec2.describeVpcs({ VpcIds: [out('VpcId')] }),
    DescribeSubnets: () => ec2.describeSubnets({ SubnetIds: [out('SubnetIds')] }),
    DescribeSecurityGroups: () =>
      ec2.describeSecurityGroups({ Filters: [{ Name: 'vpc-id', Values: [out('VpcId')] }] }),
    DescribeSecurityGroupRules: () =>
      ec2.describeSecurityGroupRules({
        Filters: [{ Name: 'group-id', Values: [out('KafkaSecurityGroupId')] }]
      }),
    DescribeVpcEndpoints: () => ec2.describeVpcEndpoints({}),
    DescribeNetworkInterfaces: () => ec2.describeNetworkInterfaces({}),
    DescribeNatGateways: () => ec2.describeNatGateways({}),
    DescribeInstances: () => ec2.describeInstances({}),
    DescribeVolumes: () => ec2.describeVolumes({}),
    DescribeInstanceTypeOfferings: () =>
      ec2.describeInstanceTypeOfferings({
        LocationType: 'availability-zone',
        Filters: [{ Name: 'instance-type', Values: ['m7g.large'] }]
      })
  };
  for (const [action, look] of Object.entries(looks)) await same(`ec2:${action}`, look);
}

export async function changeEc2({ aws, clients, out, same }: Tour): Promise<void> {
  const { ec2 } = clients;
  const vpc = out('VpcId');
  const group = aws.foreign.securityGroup({ vpc, name: 'ElasticMapReduce-leftover' });
  aws.foreign.rule({ group, peer: group });
  const egress = aws.foreign.rule({ group, peer: group, egress: true });
  const permission = {
    IpProtocol: 'tcp',
    FromPort: 8443,
    ToPort: 8443,
    UserIdGroupPairs: [{ GroupId: group }]
  };
  await same('ec2:RevokeSecurityGroupIngress', () =>
    ec2.revokeSecurityGroupIngress({ GroupId: group, IpPermissions: [permission] })
  );
  await same('ec2:RevokeSecurityGroupEgress', () =>
    ec2.revokeSecurityGroupEgress({ GroupId: group, SecurityGroupRuleIds: [egress] })
  );
  const left = await ec2.describeSecurityGroupRules({
    Filters: [{ Name: 'group-id', Values: [group] }]
  });
  assert.deepEqual(left.SecurityGroupRules, []);
  const endpoint = aws.foreign.endpoint({ vpc, service: 'aws.api.eu-west-1.emr-service-cell01' });
  const subnet = out('SubnetIds');
  const card = aws.foreign.networkInterface({ vpc, subnet, groups: [group], state: 'available' });
  await same('ec2:DeleteVpcEndpoints', () =>
    ec2.deleteVpcEndpoints({ VpcEndpointIds: [endpoint] })
  );
  await same('ec2:DeleteNetworkInterface', () =>
    ec2.deleteNetworkInterface({ NetworkInterfaceId: card })
  );
  await same('ec2:DeleteSecurityGroup', () => ec2.deleteSecurityGroup({ GroupId: group }));
  await assert.rejects(ec2.describeSecurityGroups({ GroupIds: [group] }), {
    name: 'InvalidGroup.NotFound'
  });
}
