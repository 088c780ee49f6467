import { HeadraceError } from '../../../shared/errors.ts';
import { asking } from '../control/errors.ts';
import { persist } from '../control/patience.ts';
import type { EnvironmentSpec } from '../environment/spec.ts';
import type { AwsPlace } from './place.ts';

/** The tag that EKS gives the group of its pods. https://docs.aws.amazon.com/eks/latest/userguide/sec-group-reqs.html */
const TAG = 'aws:eks:cluster-name';

/** The security group of the given EKS cluster; nothing without one. @throws HR_ENVIRONMENT where there is none */
export async function eksGroupOf(
  { eks }: EnvironmentSpec,
  { clients, region, world }: AwsPlace,
  abortSignal: AbortSignal
): Promise<{ readonly eksSecurityGroup?: string }> {
  if (eks === null) return {};
  const call = { action: 'ec2:DescribeSecurityGroups', region, profile: clients.profile };
  const Filters = [{ Name: `tag:${TAG}`, Values: [eks.cluster] }];
  const { SecurityGroups: [group] = [] } = await persist(world, abortSignal, () =>
    asking(call, async () =>
      (await clients.ec2()).describeSecurityGroups({ Filters }, { abortSignal })
    )
  );
  if (group?.GroupId !== undefined) return { eksSecurityGroup: group.GroupId };
  throw new HeadraceError('HR_ENVIRONMENT', `There is no EKS cluster ${eks.cluster} in ${region}`, {
    why: `no security group has the tag ${TAG}=${eks.cluster}`,
    next: 'Name a cluster that is there with --eks-cluster, or another --region.'
  });
}
