import type { AwsClients } from '../../control/clients.ts';
import { asking, isNotFound } from '../../control/errors.ts';

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

type Look = (clients: AwsClients, arn: Arn, abortSignal: AbortSignal) => Promise<boolean>;

const ENDED = /^(delet|terminat|shutting)/i;
const isAlive = (state: string | undefined): boolean => !ENDED.test(state ?? '');

/** Resources that are found by their tag for a while after they are gone, and how they are asked. */
const LOOKS: Readonly<Record<string, Look>> = {
  'ec2:natgateway': async (clients, { id }, abortSignal) => {
    const found = await (
      await clients.ec2()
    ).describeNatGateways({ NatGatewayIds: [id] }, { abortSignal });
    return (found.NatGateways ?? []).some(one => isAlive(one.State));
  },
  'ec2:instance': async (clients, { id }, abortSignal) => {
    const found = await (
      await clients.ec2()
    ).describeInstances({ InstanceIds: [id] }, { abortSignal });
    const instances = (found.Reservations ?? []).flatMap(one => one.Instances ?? []);
    return instances.some(one => isAlive(one.State?.Name));
  },
  'ec2:vpc-endpoint': async (clients, { id }, abortSignal) => {
    const found = await (
      await clients.ec2()
    ).describeVpcEndpoints({ VpcEndpointIds: [id] }, { abortSignal });
    return (found.VpcEndpoints ?? []).some(one => isAlive(one.State));
  },
  'ec2:security-group': async (clients, { id }, abortSignal) => {
    const found = await (
      await clients.ec2()
    ).describeSecurityGroups({ GroupIds: [id] }, { abortSignal });
    return (found.SecurityGroups ?? []).length > 0;
  },
  'ec2:subnet': async (clients, { id }, abortSignal) => {
    const found = await (await clients.ec2()).describeSubnets({ SubnetIds: [id] }, { abortSignal });
    return (found.Subnets ?? []).length > 0;
  },
  'ec2:vpc': async (clients, { id }, abortSignal) => {
    const found = await (await clients.ec2()).describeVpcs({ VpcIds: [id] }, { abortSignal });
    return (found.Vpcs ?? []).length > 0;
  },
  'ec2:network-interface': async (clients, { id }, abortSignal) => {
    const found = await (
      await clients.ec2()
    ).describeNetworkInterfaces({ NetworkInterfaceIds: [id] }, { abortSignal });
    return (found.NetworkInterfaces ?? []).length > 0;
  },
  'ec2:volume': async (clients, { id }, abortSignal) => {
    const found = await (await clients.ec2()).describeVolumes({ VolumeIds: [id] }, { abortSignal });
    return (found.Volumes ?? []).some(one => isAlive(one.State));
  },
  'elasticmapreduce:cluster': async (clients, { id }, abortSignal) => {
    const found = await (await clients.emr()).describeCluster({ ClusterId: id }, { abortSignal });
    return isAlive(found.Cluster?.Status?.State);
  },
  'emr-serverless:applications': async (clients, { id }, abortSignal) => {
    const found = await (
      await clients.emrServerless()
    ).getApplication({ applicationId: id }, { abortSignal });
    return isAlive(found.application?.state);
  },
  'emr-containers:virtualclusters': async (clients, { id }, abortSignal) => {
    const found = await (
      await clients.emrContainers()
    ).describeVirtualCluster({ id }, { abortSignal });
    return isAlive(found.virtualCluster?.state);
  },
  'kafka:cluster': async (clients, { text }, abortSignal) => {
    const found = await (
      await clients.kafka()
    ).describeClusterV2({ ClusterArn: text }, { abortSignal });
    return isAlive(found.ClusterInfo?.State);
  },
  's3:': async (clients, { id }, abortSignal) => {
    await (await clients.s3()).headBucket({ Bucket: id }, { abortSignal });
    return true;
  }
};

/** Whether what the list of tags names is there; what cannot be asked is believed. Rejects where AWS does not answer. */
export async function isStillThere(
  clients: AwsClients,
  arn: Arn,
  signal: AbortSignal
): Promise<boolean> {
  const look = LOOKS[`${arn.service}:${arn.kind}`];
  if (look === undefined) return true;
  const { region, profile } = clients;
  const call = { action: `${arn.service}:Describe ${arn.kind}`.trim(), region, profile };
  try {
    return await asking(call, () => look(clients, arn, signal));
  } catch (error) {
    if (isNotFound(error)) return false;
    throw error;
  }
}
