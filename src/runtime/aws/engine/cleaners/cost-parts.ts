import type { Instance, Volume, VpcEndpoint } from '@aws-sdk/client-ec2';
import type { Cluster } from '@aws-sdk/client-kafka';
import type { CostPart } from '../../cost/hourly-cost.ts';

/** EMR gives the machines of a cluster this tag. https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-plan-tags.html */
const EMR_MACHINE = 'aws:elasticmapreduce:job-flow-id';

/** A machine that runs, what EMR asks for it, and the addresses that EC2 lent it; its disks have prices of their own. */
export function instanceParts(one: Instance): readonly CostPart[] {
  const type = one.InstanceType ?? '';
  const ofEmr = (one.Tags ?? []).some(({ Key }) => Key === EMR_MACHINE);
  const lent = (one.NetworkInterfaces ?? []).filter(
    ({ Association }) => Association?.IpOwnerId === 'amazon'
  ).length;
  const machine: CostPart = ofEmr ? [1, `ec2.${type}`, `emr.${type}`] : [1, `ec2.${type}`];
  const runs = one.State?.Name === 'running' || one.State?.Name === 'pending';
  return [...(runs ? [machine] : []), ...(lent === 0 ? [] : [[lent, 'ipv4'] as const])];
}

/** The room of a volume; that of other types than gp3 has no known price. */
export function volumeParts({ VolumeType: type, Size = 0 }: Volume): readonly CostPart[] {
  return [[Size, `ebs.${type ?? ''}`]];
}

/** An interface endpoint is paid in each zone, one of a gateway not at all. https://aws.amazon.com/privatelink/pricing/ */
export function endpointParts({ VpcEndpointType, SubnetIds }: VpcEndpoint): readonly CostPart[] {
  return VpcEndpointType === 'Interface' ? [[SubnetIds?.length ?? 1, 'vpc-endpoint']] : [];
}

/** Brokers with their disks, or a serverless cluster without what goes through it. */
export function clusterParts({ Provisioned, Serverless }: Cluster): readonly CostPart[] {
  if (Serverless !== undefined) return [[1, 'msk-serverless.cluster']];
  const { NumberOfBrokerNodes: brokers = 0, BrokerNodeGroupInfo: group } = Provisioned ?? {};
  const gib = group?.StorageInfo?.EbsStorageInfo?.VolumeSize ?? 0;
  return [
    [brokers, `msk.${group?.InstanceType ?? ''}`],
    [brokers * gib, 'msk.storage']
  ];
}
