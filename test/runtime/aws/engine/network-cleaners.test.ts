import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { networkCleaner } from '../../../../src/runtime/aws/engine/cleaners/network.ts';
import type {
  CleaningScene,
  OwnNetwork
} from '../../../../src/runtime/aws/engine/cleaners/port.ts';
import { securityRulesCleaner } from '../../../../src/runtime/aws/engine/cleaners/security-rules.ts';
import { scriptedClients } from '../../../fakes/aws/scripted-clients.ts';
import { VirtualClock } from '../../../fakes/virtual-clock.ts';
import { NAME, NEVER } from './scene.ts';

const OWN: OwnNetwork = {
  vpc: 'vpc-1',
  declared: new Set(['vpc-1', 'sg-kafka', 'sg-spark', 'sgr-declared', 'vpce-s3', 'eni-declared']),
  groups: ['sg-kafka', 'sg-spark']
};
const FOREIGN: OwnNetwork = { ...OWN, vpc: null };

function sceneOf(network: OwnNetwork, thorough: boolean): CleaningScene {
  return { environment: NAME, layer: 'net', resources: [], network, thorough };
}

function rule(id: string, group: string, peer: string | null, out = false) {
  return {
    SecurityGroupRuleId: id,
    GroupId: group,
    IsEgress: out,
    ...(peer === null ? { CidrIpv4: '10.0.0.0/16' } : { ReferencedGroupInfo: { GroupId: peer } })
  };
}

const RULES = [
  rule('sgr-declared', 'sg-kafka', 'sg-spark'),
  rule('sgr-range', 'sg-kafka', null),
  rule('sgr-emr', 'sg-spark', 'sg-emr'),
  rule('sgr-out', 'sg-spark', 'sg-emr', true),
  rule('sgr-between', 'sg-spark', 'sg-kafka'),
  rule('sgr-other', 'sg-other', 'sg-kafka'),
  rule('sgr-unrelated', 'sg-other', 'sg-third')
];

function withRules() {
  const filterOf = (input: Readonly<Record<string, unknown>>) =>
    (input['Filters'] as readonly { Name: string; Values: readonly string[] }[])[0];
  return scriptedClients({
    'ec2:DescribeSecurityGroupRules': input => ({
      SecurityGroupRules: RULES.filter(one => filterOf(input)?.Values.includes(one.GroupId))
    }),
    'ec2:DescribeSecurityGroups': input => ({
      SecurityGroups: filterOf(input)?.Name.startsWith('egress')
        ? []
        : [{ GroupId: 'sg-other' }, { GroupId: 'sg-spark' }]
    })
  });
}

function revoked({ calls }: ReturnType<typeof withRules>): string[] {
  return calls
    .filter(call => call.operation.startsWith('ec2:Revoke'))
    .flatMap(call => call.input['SecurityGroupRuleIds'] as string[]);
}

describe('the cleaner of security rules', () => {
  it('revokes at first only rules that name groups of others', async () => {
    const scripted = withRules();
    await securityRulesCleaner(scripted.clients).clean(sceneOf(OWN, false), NEVER);
    assert.deepEqual(revoked(scripted), ['sgr-emr', 'sgr-out', 'sgr-other']);
    assert.equal(scripted.inputsOf('ec2:RevokeSecurityGroupEgress').length, 1);
  });

  it('revokes those between our own groups when the deletion got stuck', async () => {
    const scripted = withRules();
    const did = await securityRulesCleaner(scripted.clients).clean(sceneOf(OWN, true), NEVER);
    assert.deepEqual(revoked(scripted), ['sgr-emr', 'sgr-out', 'sgr-between', 'sgr-other']);
    assert.equal(did[2], 'Revoked the rule sgr-between of sg-spark, which let sg-kafka in.');
  });

  it('changes no group of others in the VPC of somebody else', async () => {
    const scripted = withRules();
    await securityRulesCleaner(scripted.clients).clean(sceneOf(FOREIGN, true), NEVER);
    assert.ok(!revoked(scripted).includes('sgr-other'));
  });

  it('asks nothing where there are no groups', async () => {
    const scripted = withRules();
    const none = { ...FOREIGN, groups: [] };
    await securityRulesCleaner(scripted.clients).clean(sceneOf(none, true), NEVER);
    assert.deepEqual(scripted.calls, []);
  });
});

describe('the cleaner of the network', () => {
  function emrWasHere() {
    let there = true;
    return scriptedClients({
      'ec2:DescribeVpcEndpoints': () => ({
        VpcEndpoints: [
          { VpcEndpointId: 'vpce-s3', ServiceName: 'com.amazonaws.eu-west-1.s3' },
          { VpcEndpointId: 'vpce-mine', ServiceName: 'com.amazonaws.eu-west-1.sqs' },
          {
            VpcEndpointId: 'vpce-emr',
            ServiceName: 'aws.api.eu-west-1.emr-service-cell01',
            State: there ? 'available' : 'deleted'
          }
        ]
      }),
      'ec2:DeleteVpcEndpoints': () => {
        there = false;
        return {};
      },
      'ec2:DescribeNetworkInterfaces': () => ({
        NetworkInterfaces: [
          { NetworkInterfaceId: 'eni-declared', Status: 'available', Description: 'EMR' },
          {
            NetworkInterfaceId: 'eni-left',
            Status: 'available',
            Groups: [{ GroupId: 'sg-spark' }]
          },
          {
            NetworkInterfaceId: 'eni-used',
            Status: 'in-use',
            Groups: [{ GroupId: 'sg-spark' }]
          },
          { NetworkInterfaceId: 'eni-mine', Status: 'available', Description: 'my lambda' }
        ]
      }),
      'ec2:DescribeSecurityGroups': () => ({
        SecurityGroups: [
          { GroupId: 'sg-default', GroupName: 'default' },
          { GroupId: 'sg-kafka', GroupName: 'kafka' },
          { GroupId: 'sg-emr', GroupName: 'ElasticMapReduce-slave' },
          { GroupId: 'sg-mine', GroupName: 'my lambda' }
        ]
      })
    });
  }
  const pace = () => ({ clock: new VirtualClock(), random: () => 0.5 });

  it('deletes what EMR made and what it left, and nothing of a person', async () => {
    const { clients, inputsOf } = emrWasHere();
    const did = await networkCleaner(clients, pace()).clean(sceneOf(OWN, true), NEVER);
    assert.deepEqual(inputsOf('ec2:DeleteVpcEndpoints'), [{ VpcEndpointIds: ['vpce-emr'] }]);
    assert.deepEqual(inputsOf('ec2:DeleteNetworkInterface'), [{ NetworkInterfaceId: 'eni-left' }]);
    assert.deepEqual(inputsOf('ec2:DeleteSecurityGroup'), [{ GroupId: 'sg-emr' }]);
    assert.equal(did.length, 3);
  });

  it('keeps groups until the deletion got stuck', async () => {
    const { clients, inputsOf } = emrWasHere();
    await networkCleaner(clients, pace()).clean(sceneOf(OWN, false), NEVER);
    assert.deepEqual(inputsOf('ec2:DeleteSecurityGroup'), []);
  });

  it('deletes in the VPC of somebody else only interfaces with our groups', async () => {
    const { clients, operations, inputsOf } = emrWasHere();
    await networkCleaner(clients, pace()).clean(sceneOf(FOREIGN, true), NEVER);
    assert.deepEqual(inputsOf('ec2:DescribeNetworkInterfaces'), [
      { Filters: [{ Name: 'group-id', Values: ['sg-kafka', 'sg-spark'] }] }
    ]);
    assert.ok(!operations().includes('ec2:DeleteVpcEndpoints'));
    assert.ok(!operations().includes('ec2:DeleteSecurityGroup'));
  });
});
