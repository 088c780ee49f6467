import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { PriceItem } from '../../../../src/runtime/aws/cost/price-table.ts';
import { PRICES } from '../../../../src/runtime/aws/cost/prices.ts';
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
    const left = await awsLeftovers(clients, PRICES).find(NAME, NOWHERE, NEVER);
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
    const left = await awsLeftovers(clients, PRICES).find(NAME, NOWHERE, NEVER);
    assert.deepEqual(
      left.map(one => one.id),
      ['undefined', 'two']
    );
  });

  it('are none in a VPC that is gone', async () => {
    const { clients, operations } = scriptedClients({ ...tags(), 'ec2:DescribeVpcs': gone });
    const network = { ...NOWHERE, vpc: 'vpc-1' };
    assert.deepEqual(await awsLeftovers(clients, PRICES).find(NAME, network, NEVER), []);
    assert.deepEqual(operations(), ['ec2:DescribeVpcs', 'tag:GetResources']);
  });

  it('name the load balancer that holds on to our VPC', async () => {
    const { clients } = scriptedClients({
      ...tags(`${EC2}:vpc/vpc-1`),
      'ec2:DescribeVpcs': () => ({ Vpcs: [{}] }),
      'ec2:DescribeNetworkInterfaces': () => ({
        NetworkInterfaces: [
          { NetworkInterfaceId: 'eni-1', Status: 'in-use', Description: 'ELB net/emr-connect/12' },
          { NetworkInterfaceId: 'eni-2', Status: 'in-use', Description: 'ELB net/emr-connect/12' },
          {
            NetworkInterfaceId: 'eni-3',
            Status: 'in-use',
            Description: 'ELB old',
            Association: { PublicIp: '203.0.113.7' }
          },
          { NetworkInterfaceId: 'eni-4', Status: 'in-use', Description: 'a function' }
        ]
      })
    });
    const network = { ...NOWHERE, vpc: 'vpc-1' };
    const left = await awsLeftovers(clients, PRICES).find(NAME, network, NEVER);
    assert.deepEqual(
      left.map(one => [one.what, one.id, one.perHour]),
      [
        ['VPC', 'vpc-1', null],
        ['load balancer', 'net/emr-connect/12', 0.0252],
        ['load balancer', 'old', 0.0302],
        ['network interface', 'eni-4', null]
      ]
    );
    assert.match(
      left[1]?.why ?? '',
      /EC2 > Load Balancers, or with: aws elbv2 delete-load-balancer --region eu-west-1 --load-balancer-arn \$\(aws elbv2 describe-load-balancers --region eu-west-1 --names emr-connect /
    );
    assert.match(
      left[2]?.why ?? '',
      /aws elb delete-load-balancer --region eu-west-1 --load-balancer-name old$/
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
    const left = await awsLeftovers(clients, PRICES).find(NAME, network, NEVER);
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
      awsLeftovers(clients, PRICES).find(NAME, NOWHERE, NEVER),
      failsWith('HR_AWS_REFUSED', /does not allow tag:GetResources/)
    );
  });
});

describe('the price of what is left', () => {
  const KAFKA = 'arn:aws:kafka:eu-west-1:123456789012:cluster';
  const usd = (item: PriceItem) => PRICES.regions['eu-west-1']?.[item]?.usd ?? Number.NaN;

  async function pricesOf(
    script: Parameters<typeof scriptedClients>[0],
    ...arns: readonly string[]
  ) {
    const { clients } = scriptedClients({ ...tags(...arns), ...script });
    const left = await awsLeftovers(clients, PRICES).find(NAME, NOWHERE, NEVER);
    return left.map(one => one.perHour);
  }

  it('is known of gateways, addresses and endpoints', async () => {
    const script = {
      'ec2:DescribeNatGateways': () => ({ NatGateways: [{ State: 'failed' }] }),
      'ec2:DescribeVpcEndpoints': ({ VpcEndpointIds: ids }: Readonly<Record<string, unknown>>) => ({
        VpcEndpoints: [
          String(ids) === 'vpce-1'
            ? { VpcEndpointType: 'Interface', SubnetIds: ['a', 'b', 'c'] }
            : { VpcEndpointType: 'Gateway' }
        ]
      })
    };
    const names = ['natgateway/n', 'elastic-ip/e', 'vpc-endpoint/vpce-1', 'vpc-endpoint/vpce-2'];
    assert.deepEqual(await pricesOf(script, ...names.map(name => `${EC2}:${name}`)), [
      usd('nat'),
      usd('ipv4'),
      3 * usd('vpc-endpoint'),
      null
    ]);
  });

  it('is that of a machine while it runs, with EMR and the address that it was lent', async () => {
    const running = { InstanceType: 'm7g.xlarge', State: { Name: 'running' } };
    const lent = { Association: { IpOwnerId: 'amazon' } };
    const own = { Association: { IpOwnerId: '123456789012' } };
    const machines: Readonly<Record<string, unknown>> = {
      'i-1': { ...running, NetworkInterfaces: [own] },
      'i-2': {
        ...running,
        NetworkInterfaces: [lent],
        Tags: [{ Key: 'aws:elasticmapreduce:job-flow-id', Value: 'j-1' }]
      },
      'i-3': { ...running, State: { Name: 'stopped' } },
      'i-4': { ...running, InstanceType: 'x1.tiny' }
    };
    const script = {
      'ec2:DescribeInstances': ({ InstanceIds: ids }: Readonly<Record<string, unknown>>) => ({
        Reservations: [{ Instances: [machines[String(ids)]] }]
      })
    };
    const names = Object.keys(machines).map(id => `${EC2}:instance/${id}`);
    assert.deepEqual(await pricesOf(script, ...names), [
      usd('ec2.m7g.xlarge'),
      usd('ec2.m7g.xlarge') + usd('emr.m7g.xlarge') + usd('ipv4'),
      null,
      null
    ]);
  });

  it('counts the room of volumes, brokers and their disks', async () => {
    const script = {
      'ec2:DescribeVolumes': () => ({ Volumes: [{ VolumeType: 'gp3', Size: 73 }] }),
      'kafka:DescribeClusterV2': ({ ClusterArn: arn }: Readonly<Record<string, unknown>>) => ({
        ClusterInfo: String(arn).endsWith('serverless')
          ? { State: 'ACTIVE', Serverless: {} }
          : {
              State: 'ACTIVE',
              Provisioned: {
                NumberOfBrokerNodes: 3,
                BrokerNodeGroupInfo: {
                  InstanceType: 'kafka.m7g.large',
                  StorageInfo: { EbsStorageInfo: { VolumeSize: 100 } }
                }
              }
            }
      })
    };
    const names = [`${EC2}:volume/vol-1`, `${KAFKA}/a/1`, `${KAFKA}/b/serverless`];
    const prices = await pricesOf(script, ...names);
    assert.deepEqual(
      prices.map(price => price?.toFixed(6)),
      [
        (usd('ebs.gp3') / 10).toFixed(6),
        (3 * usd('msk.kafka.m7g.large') + (300 * usd('msk.storage')) / 730).toFixed(6),
        usd('msk-serverless.cluster').toFixed(6)
      ]
    );
  });

  it('is not guessed in a region whose prices are not known', async () => {
    const { clients } = scriptedClients(tags(`${EC2}:elastic-ip/e`));
    const elsewhere = { ...clients, region: 'eu-north-1' };
    const left = await awsLeftovers(elsewhere, PRICES).find(NAME, NOWHERE, NEVER);
    assert.deepEqual(
      left.map(one => one.perHour),
      [null]
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
