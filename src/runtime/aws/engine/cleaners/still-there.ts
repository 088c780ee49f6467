import type { AwsClients } from '../../control/clients.ts';
import { asking, isNotFound } from '../../control/errors.ts';
import type { CostPart } from '../../cost/hourly-cost.ts';
import { clusterParts, endpointParts, instanceParts, volumeParts } from './cost-parts.ts';

/** One resource by its ARN. */
export interface Arn {
  readonly text: string;
  readonly service: string;
  /** `security-group`, `cluster`; empty where there is none. */
  readonly kind: string;
  readonly id: string;
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
export function parseArn(text: string): Arn {
  const [, , service = '', , , ...rest] = text.split(':');
  const resource = rest.join(':').replace(/^\//, '');
  const at = resource.search(/[:/]/);
  const kind = at < 0 ? '' : resource.slice(0, at);
  const id = at < 0 ? resource : resource.slice(at + 1);
  // Applications of EMR Serverless and virtual clusters have a slash in front.
  return { text, service, kind, id };
}

/** What a resource that is there costs; null where it is gone. */
type Standing = readonly CostPart[] | null;
type Look = (clients: AwsClients, arn: Arn, abortSignal: AbortSignal) => Promise<Standing>;

const ENDED = /^(delet|terminat|shutting)/i;
const isAlive = (state: string | undefined): boolean => !ENDED.test(state ?? '');

/** The costs of all that live; null where none does. */
function standing<One>(
  all: readonly One[] | undefined,
  stateOf: (one: One) => string | undefined,
  partsOf: (one: One) => readonly CostPart[] = () => []
): Standing {
  const alive = (all ?? []).filter(one => isAlive(stateOf(one)));
  return alive.length === 0 ? null : alive.flatMap(partsOf);
}

/** One without a state, or without a price. */
const present = (all: readonly unknown[] | undefined): Standing =>
  (all ?? []).length === 0 ? null : [];
const inState = (state: string | undefined): Standing => (isAlive(state) ? [] : null);

/** Resources that are found by their tag for a while after they are gone, and how they are asked. */
const LOOKS: Readonly<Record<string, Look>> = {
  'ec2:natgateway': async (clients, { id }, abortSignal) => {
    const found = await (
      await clients.ec2()
    ).describeNatGateways({ NatGatewayIds: [id] }, { abortSignal });
    return standing(
      found.NatGateways,
      one => one.State,
      () => [[1, 'nat']]
    );
  },
  'ec2:instance': async (clients, { id }, abortSignal) => {
    const found = await (
      await clients.ec2()
    ).describeInstances({ InstanceIds: [id] }, { abortSignal });
    const instances = (found.Reservations ?? []).flatMap(one => one.Instances ?? []);
    return standing(instances, one => one.State?.Name, instanceParts);
  },
  'ec2:vpc-endpoint': async (clients, { id }, abortSignal) => {
    const found = await (
      await clients.ec2()
    ).describeVpcEndpoints({ VpcEndpointIds: [id] }, { abortSignal });
    return standing(found.VpcEndpoints, one => one.State, endpointParts);
  },
  'ec2:security-group': async (clients, { id }, abortSignal) => {
    const found = await (
      await clients.ec2()
    ).describeSecurityGroups({ GroupIds: [id] }, { abortSignal });
    return present(found.SecurityGroups);
  },
  'ec2:subnet': async (clients, { id }, abortSignal) => {
    const found = await (await clients.ec2()).describeSubnets({ SubnetIds: [id] }, { abortSignal });
    return present(found.Subnets);
  },
  'ec2:vpc': async (clients, { id }, abortSignal) => {
    const found = await (await clients.ec2()).describeVpcs({ VpcIds: [id] }, { abortSignal });
    return present(found.Vpcs);
  },
  'ec2:network-interface': async (clients, { id }, abortSignal) => {
    const found = await (
      await clients.ec2()
    ).describeNetworkInterfaces({ NetworkInterfaceIds: [id] }, { abortSignal });
    return present(found.NetworkInterfaces);
  },
  'ec2:volume': async (clients, { id }, abortSignal) => {
    const found = await (await clients.ec2()).describeVolumes({ VolumeIds: [id] }, { abortSignal });
    return standing(found.Volumes, one => one.State, volumeParts);
  },
  'elasticmapreduce:cluster': async (clients, { id }, abortSignal) => {
    const found = await (await clients.emr()).describeCluster({ ClusterId: id }, { abortSignal });
    return inState(found.Cluster?.Status?.State);
  },
  'emr-serverless:applications': async (clients, { id }, abortSignal) => {
    const found = await (
      await clients.emrServerless()
    ).getApplication({ applicationId: id }, { abortSignal });
    return inState(found.application?.state);
  },
  'emr-containers:virtualclusters': async (clients, { id }, abortSignal) => {
    const found = await (
      await clients.emrContainers()
    ).describeVirtualCluster({ id }, { abortSignal });
    return inState(found.virtualCluster?.state);
  },
  'kafka:cluster': async (clients, { text }, abortSignal) => {
    const found = await (
      await clients.kafka()
    ).describeClusterV2({ ClusterArn: text }, { abortSignal });
    const cluster = found.ClusterInfo ?? {};
    return isAlive(cluster.State) ? clusterParts(cluster) : null;
  },
  's3:': async (clients, { id }, abortSignal) => {
    await (await clients.s3()).headBucket({ Bucket: id }, { abortSignal });
    return [];
  }
};

/** What cannot be asked is believed; an address costs the same whatever it is attached to. */
const UNASKED: Readonly<Record<string, readonly CostPart[]>> = { 'ec2:elastic-ip': [[1, 'ipv4']] };

/**
 * What costs of a resource that the list of tags names; null where it is gone. Rejects where AWS does not answer.
 */
export async function costOfStanding(
  clients: AwsClients,
  arn: Arn,
  signal: AbortSignal
): Promise<Standing> {
  const name = `${arn.service}:${arn.kind}`;
  const look = LOOKS[name];
  if (look === undefined) return UNASKED[name] ?? [];
  const { region, profile } = clients;
  const call = { action: `${arn.service}:Describe ${arn.kind}`.trim(), region, profile };
  try {
    return await asking(call, () => look(clients, arn, signal));
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}
