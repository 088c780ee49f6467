import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { awsLeftovers } from '../../../../src/runtime/aws/engine/cleaners/leftover-finder.ts';
import type { OwnNetwork } from '../../../../src/runtime/aws/engine/cleaners/port.ts';
import { parseArn } from '../../../../src/runtime/aws/engine/cleaners/still-there.ts';
import { scriptedClients, serviceError } from '../../../fakes/aws/scripted-clients.ts';
import { failsWith } from '../../../fakes/errors.ts';
import { NAME, NEVER } from './scene.ts';

const NOWHERE: OwnNetwork = { vpc: null, declared: new Set(), groups: [] };
const EC2 = 'arn:aws:ec2:eu-west-1:123456789012';

function tags(...arns: string[]) {
  return {
    'tag:GetResources': () => ({
      ResourceTagMappingList: arns.map(ResourceARN => ({ ResourceARN })),
      PaginationToken: ''
    })
  };
}

const gone = () => {
  throw serviceError('InvalidVpcID.NotFound');
};

describe('leftovers', () => {
  it('are what has the tag and is really there', async () => {
    const { clients, inputsOf } = scriptedClients({
      ...tags(
        `${EC2}:natgateway/nat-1`,
        `${EC2}:natgateway/nat-2`,
        `${EC2}:security-group/sg-1`,
        'arn:aws:s3:::headrace-bucket',
        'arn:aws:emr-serverless:eu-west-1:123456789012:/applications/app-1',
        'arn:aws:logs:eu-west-1:123456789012:log-group:/headrace/clicks',
        'arn:aws:cloudformation:eu-west-1:123456789012:stack/headrace-clicks-net/1'
      ),
      'ec2:DescribeNatGateways': ({ NatGatewayIds }) => ({
        NatGateways: [{ State: String(NatGatewayIds) === 'nat-1' ? 'deleted' : 'available' }]
      }),
      'ec2:DescribeSecurityGroups': gone,
      'emr-serverless:GetApplication': () => ({ application: { state: 'TERMINATED' } }),
      's3:HeadBucket': () => {
        throw serviceError('NotFound', 'NotFound', 404);
      }
    });
    const left = await awsLeftovers(clients).find(NAME, NOWHERE, NEVER);
    assert.deepEqual(
      left.map(one => [one.what, one.id]),
      [
        ['ec2 natgateway', 'nat-2'],
        ['logs log-group', '/headrace/clicks']
      ]
    );
    assert.deepEqual(inputsOf('tag:GetResources')[0], {
      TagFilters: [{ Key: 'headrace:environment', Values: ['clicks'] }]
    });
  });

  it('are looked for on all pages', async () => {
    const { clients } = scriptedClients({
      'tag:GetResources': ({ PaginationToken }) => ({
        ResourceTagMappingList: [{ ResourceARN: `arn:aws:kms:x:1:key/${String(PaginationToken)}` }],
        PaginationToken: PaginationToken === undefined ? 'two' : ''
      })
    });
    const left = await awsLeftovers(clients).find(NAME, NOWHERE, NEVER);
    assert.deepEqual(
      left.map(one => one.id),
      ['undefined', 'two']
    );
  });

  it('are none in a VPC that is gone', async () => {
    const { clients, operations } = scriptedClients({ ...tags(), 'ec2:DescribeVpcs': gone });
    const network = { ...NOWHERE, vpc: 'vpc-1' };
    assert.deepEqual(await awsLeftovers(clients).find(NAME, network, NEVER), []);
    assert.deepEqual(operations(), ['ec2:DescribeVpcs', 'tag:GetResources']);
  });

  it('name the load balancer that holds on to our VPC', async () => {
    const { clients } = scriptedClients({
      ...tags(`${EC2}:vpc/vpc-1`),
      'ec2:DescribeVpcs': () => ({ Vpcs: [{}] }),
      'ec2:DescribeNetworkInterfaces': () => ({
        NetworkInterfaces: [
          { NetworkInterfaceId: 'eni-1', Status: 'in-use', Description: 'ELB net/emr-connect/12' }
        ]
      })
    });
    const network = { ...NOWHERE, vpc: 'vpc-1' };
    const left = await awsLeftovers(clients).find(NAME, network, NEVER);
    assert.deepEqual(
      left.map(one => [one.id, one.why]),
      [
        ['vpc-1', 'it was made for the environment and is still there'],
        ['eni-1', 'the load balancer net/emr-connect/12 uses it: delete that']
      ]
    );
  });

  it('name the rule of somebody else that names our group', async () => {
    const { clients } = scriptedClients({
      ...tags(),
      'ec2:DescribeSecurityGroups': () => ({ SecurityGroups: [{ GroupId: 'sg-other' }] }),
      'ec2:DescribeSecurityGroupRules': () => ({
        SecurityGroupRules: [
          {
            SecurityGroupRuleId: 'sgr-1',
            GroupId: 'sg-other',
            ReferencedGroupInfo: { GroupId: 'sg-kafka' }
          }
        ]
      })
    });
    const network = { ...NOWHERE, groups: ['sg-kafka'] };
    const left = await awsLeftovers(clients).find(NAME, network, NEVER);
    assert.deepEqual(
      left.map(one => [one.id, one.why]),
      [['sg-other/sgr-1', 'it names sg-kafka, which cannot be deleted before that rule is']]
    );
  });

  it('cannot be denied where the tags cannot be read', async () => {
    const { clients } = scriptedClients({
      'tag:GetResources': () => {
        throw serviceError('AccessDeniedException', 'no', 403);
      }
    });
    await assert.rejects(
      awsLeftovers(clients).find(NAME, NOWHERE, NEVER),
      failsWith('HR_AWS_REFUSED', /does not allow tag:GetResources/)
    );
  });
});

describe('an ARN', () => {
  it('has a service, a kind and an identity', () => {
    const parts = (text: string) => {
      const { service, kind, id } = parseArn(text);
      return [service, kind, id];
    };
    assert.deepEqual(parts(`${EC2}:vpc/vpc-1`), ['ec2', 'vpc', 'vpc-1']);
    assert.deepEqual(parts('arn:aws:s3:::bucket'), ['s3', '', 'bucket']);
    assert.deepEqual(parts('arn:aws:kafka:r:1:cluster/name/uuid'), [
      'kafka',
      'cluster',
      'name/uuid'
    ]);
    assert.deepEqual(parts('arn:aws:emr-containers:r:1:/virtualclusters/v'), [
      'emr-containers',
      'virtualclusters',
      'v'
    ]);
    assert.deepEqual(parts('nonsense'), ['', '', '']);
  });
});
