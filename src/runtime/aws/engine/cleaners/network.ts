import type { NetworkInterface, SecurityGroup, Tag, VpcEndpoint } from '@aws-sdk/client-ec2';
import type { AwsClients } from '../../control/clients.ts';
import { isNotFound } from '../../control/errors.ts';
import { until, type Pace } from '../../control/patience.ts';
import { allPages, ec2Of, filter, type AskEc2 } from './ask-ec2.ts';
import type { Cleaner, CleaningScene, OwnNetwork } from './port.ts';

const RHYTHM = { everyMs: 10_000, limitMs: 10 * 60_000 };
const EMR_TAG = 'for-use-with-amazon-emr-managed-policies';
const EMR_NAME = /emr-service|ElasticMapReduce|aws:elasticmapreduce/i;

/** Whether the tags, or a name, say that EMR made it. */
function isOfEmr(name: string | undefined, tags: readonly Tag[] | undefined): boolean {
  const words = [name ?? '', ...(tags ?? []).flatMap(tag => [tag.Key ?? '', tag.Value ?? ''])];
  return words.some(word => word === EMR_TAG || EMR_NAME.test(word));
}

/** The VPC endpoints of a network that are there. */
export async function endpointsIn(
  ask: AskEc2,
  vpc: string,
  abortSignal: AbortSignal
): Promise<readonly VpcEndpoint[]> {
  const pages = await allPages(token =>
    ask('DescribeVpcEndpoints', ec2 =>
      ec2.describeVpcEndpoints({ Filters: [filter('vpc-id', [vpc])], ...token }, { abortSignal })
    )
  );
  return pages
    .flatMap(page => page.VpcEndpoints ?? [])
    .filter(one => !/^delet/i.test(one.State ?? ''));
}

/** The interfaces in our VPC, or with our security groups where the VPC is somebody else's. */
export async function interfacesOf(
  ask: AskEc2,
  network: OwnNetwork,
  abortSignal: AbortSignal
): Promise<readonly NetworkInterface[]> {
  if (network.vpc === null && network.groups.length === 0) return [];
  const of =
    network.vpc === null ? filter('group-id', network.groups) : filter('vpc-id', [network.vpc]);
  const pages = await allPages(token =>
    ask('DescribeNetworkInterfaces', ec2 =>
      ec2.describeNetworkInterfaces({ Filters: [of], ...token }, { abortSignal })
    )
  );
  return pages.flatMap(page => page.NetworkInterfaces ?? []);
}

/** The security groups of our VPC but its default one, which goes with it. */
export async function groupsIn(
  ask: AskEc2,
  vpc: string,
  abortSignal: AbortSignal
): Promise<readonly SecurityGroup[]> {
  const pages = await allPages(token =>
    ask('DescribeSecurityGroups', ec2 =>
      ec2.describeSecurityGroups({ Filters: [filter('vpc-id', [vpc])], ...token }, { abortSignal })
    )
  );
  return pages
    .flatMap(page => page.SecurityGroups ?? [])
    .filter(one => one.GroupName !== 'default');
}

const isForeign = (id: string | undefined, { declared }: OwnNetwork): id is string =>
  id !== undefined && !declared.has(id);

/** EMR 8 makes an endpoint of its own in private subnets. */
async function deleteEndpoints(ask: AskEc2, pace: Pace, network: OwnNetwork, signal: AbortSignal) {
  const { vpc } = network;
  if (vpc === null) return [];
  const find = async () =>
    (await endpointsIn(ask, vpc, signal)).flatMap(one =>
      isForeign(one.VpcEndpointId, network) && isOfEmr(one.ServiceName, one.Tags)
        ? [one.VpcEndpointId]
        : []
    );
  const ids = await find();
  if (ids.length === 0) return [];
  await ask('DeleteVpcEndpoints', ec2 =>
    ec2.deleteVpcEndpoints({ VpcEndpointIds: ids }, { abortSignal: signal })
  );
  await until(pace, RHYTHM, signal, async () => ((await find()).length === 0 ? true : null));
  return [`Deleted the VPC endpoints ${ids.join(', ')} that EMR had made.`];
}

/** Interfaces that nothing uses any more; services leave them for a while, or for ever. */
async function deleteInterfaces(ask: AskEc2, network: OwnNetwork, abortSignal: AbortSignal) {
  const did: string[] = [];
  for (const one of await interfacesOf(ask, network, abortSignal)) {
    const id = one.NetworkInterfaceId;
    const ours = (one.Groups ?? []).some(group => network.groups.includes(group.GroupId ?? ''));
    const idle = one.Status === 'available' && isForeign(id, network);
    if (!idle || !(ours || isOfEmr(one.Description, one.TagSet))) continue;
    try {
      await ask('DeleteNetworkInterface', ec2 =>
        ec2.deleteNetworkInterface({ NetworkInterfaceId: id }, { abortSignal })
      );
      did.push(`Deleted the network interface ${id} that was left.`);
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }
  return did;
}

/** Groups that EMR makes where it is given none. */
async function deleteGroups(ask: AskEc2, network: OwnNetwork, abortSignal: AbortSignal) {
  if (network.vpc === null) return [];
  const did: string[] = [];
  for (const { GroupId, GroupName, Tags } of await groupsIn(ask, network.vpc, abortSignal)) {
    if (!isForeign(GroupId, network) || !isOfEmr(GroupName, Tags)) continue;
    await ask('DeleteSecurityGroup', ec2 => ec2.deleteSecurityGroup({ GroupId }, { abortSignal }));
    did.push(`Deleted the security group ${GroupId} that EMR had made.`);
  }
  return did;
}

async function clean(ask: AskEc2, pace: Pace, scene: CleaningScene, signal: AbortSignal) {
  const { network, thorough } = scene;
  return [
    ...(await deleteEndpoints(ask, pace, network, signal)),
    ...(await deleteInterfaces(ask, network, signal)),
    ...(thorough ? await deleteGroups(ask, network, signal) : [])
  ];
}

/**
 * Deletes what EMR made in the network outside the stack. What a person put there is left, and told.
 * https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-clusters-in-a-vpc.html
 */
export function networkCleaner(clients: AwsClients, pace: Pace): Cleaner {
  const ask = ec2Of(clients);
  return {
    what: 'the network',
    layers: ['net'],
    clean: (scene, signal) => clean(ask, pace, scene, signal)
  };
}
