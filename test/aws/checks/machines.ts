import assert from 'node:assert/strict';
import type { EC2, Instance } from '@aws-sdk/client-ec2';
import { need, type Account } from '../account.ts';

/** Machines of Kafka by size, as docs/aws/cost.md prices them. */
const BROKERS = {
  dev: { count: 1, type: 'm7g.medium', gib: [10, 20] },
  standard: { count: 3, type: 'm7g.large', gib: [10, 100] },
  large: { count: 3, type: 'm7g.2xlarge', gib: [10, 500] }
} as const;

const listOf = (text: string | undefined) => need(text).split(',');

async function instancesOf(ec2: EC2): Promise<ReadonlyMap<string, Instance>> {
  const { Reservations: reservations = [] } = await ec2.describeInstances({});
  const all = reservations.flatMap(one => one.Instances ?? []);
  const name = ({ Tags = [] }: Instance) => Tags.find(tag => tag.Key === 'Name')?.Value ?? '';
  return new Map(all.map(one => [name(one), one]));
}

/** Every machine begins from the one template, which wants a token for credentials. */
async function checkLaunchTemplate(ec2: EC2): Promise<void> {
  const { LaunchTemplates: [template, ...others] = [] } = await ec2.describeLaunchTemplates({});
  assert.deepEqual(others, []);
  const { LaunchTemplateVersions: [version] = [] } = await ec2.describeLaunchTemplateVersions({
    LaunchTemplateId: template?.LaunchTemplateId
  });
  const data = version?.LaunchTemplateData;
  assert.equal(data?.MetadataOptions?.HttpTokens, 'required');
  assert.match(
    data.ImageId ?? '',
    /^resolve:ssm:\/aws\/service\/ami-amazon-linux-latest\/.*arm64$/
  );
}

async function checkVolumes(ec2: EC2, machine: Instance, gib: readonly number[]): Promise<void> {
  const { Volumes: volumes = [] } = await ec2.describeVolumes({
    Filters: [{ Name: 'attachment.instance-id', Values: [need(machine.InstanceId)] }]
  });
  assert.deepEqual(
    volumes.map(one => need(one.Size)).sort((a, b) => a - b),
    gib
  );
  for (const { Encrypted, VolumeType } of volumes)
    assert.deepEqual([Encrypted, VolumeType], [true, 'gp3']);
}

function checkPlace(machine: Instance, subnets: readonly string[], groups: readonly string[]) {
  const [card, ...others] = machine.NetworkInterfaces ?? [];
  assert.deepEqual(others, []);
  assert.ok(subnets.includes(need(card?.SubnetId)));
  assert.deepEqual(
    card?.Groups?.map(group => group.GroupId),
    groups
  );
  return need(card);
}

async function checkBrokers(account: Account, machines: ReadonlyMap<string, Instance>) {
  const { spec, applied, clients } = account;
  const ec2 = await clients.ec2();
  const { count, type, gib } = BROKERS[spec.size];
  const subnets = listOf(applied.outputs.net?.['SubnetIds']);
  const group = need(applied.outputs.net?.['KafkaSecurityGroupId']);
  const addresses: string[] = [];
  const places = new Set<string>();
  for (let index = 1; index <= count; index += 1) {
    const machine = need(machines.get(`headrace-${spec.name}-broker-${index}`), `broker ${index}`);
    assert.equal(machine.InstanceType, type);
    assert.match(machine.IamInstanceProfile?.Arn ?? '', /BrokerProfile/);
    const card = checkPlace(machine, subnets, [group]);
    places.add(need(card.SubnetId));
    addresses.push(`${need(card.PrivateIpAddress)}:9092`);
    const { Addresses: fixed = [] } = await ec2.describeAddresses({
      Filters: [{ Name: 'network-interface-id', Values: [need(card.NetworkInterfaceId)] }]
    });
    assert.equal(fixed.length, spec.subnets === 'public' ? 1 : 0, `addresses of broker ${index}`);
    await checkVolumes(ec2, machine, gib);
  }
  assert.equal(places.size, Math.min(count, subnets.length));
  assert.deepEqual(listOf(applied.outputs.kafka?.['Brokers']), addresses);
}

async function checkBastion(account: Account, bastion: Instance | undefined): Promise<void> {
  const { spec, applied, clients } = account;
  if (spec.vpc !== 'new' || spec.subnets === 'public') {
    assert.equal(bastion, undefined);
    return;
  }
  const ec2 = await clients.ec2();
  const { SecurityGroups: groups = [] } = await ec2.describeSecurityGroups({
    Filters: [{ Name: 'tag:Name', Values: [`headrace-${spec.name}-bastion`] }]
  });
  const machine = need(bastion, 'bastion');
  assert.equal(machine.InstanceType, 't4g.nano');
  assert.match(machine.IamInstanceProfile?.Arn ?? '', /BastionProfile/);
  const [first] = listOf(applied.outputs.net?.['PublicSubnetIds']);
  checkPlace(
    machine,
    [need(first)],
    groups.map(group => need(group.GroupId))
  );
  await checkVolumes(ec2, machine, [8]);
}

/** Brokers, and the bastion where they are private: where each stands, behind which group, with which disks. */
export async function checkMachines(account: Account): Promise<void> {
  const ec2 = await account.clients.ec2();
  const machines = await instancesOf(ec2);
  if (account.spec.kafka !== 'ec2') {
    assert.equal(machines.size, 0);
    return;
  }
  await checkLaunchTemplate(ec2);
  await checkBrokers(account, machines);
  const bastion = machines.get(`headrace-${account.spec.name}-bastion`);
  await checkBastion(account, bastion);
  const { count } = BROKERS[account.spec.size];
  assert.equal(machines.size, count + (bastion === undefined ? 0 : 1));
}
