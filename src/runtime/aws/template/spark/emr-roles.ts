import { arnOf, managedPolicy, prefixOf, tagsOf, type LayerContext } from '../context.ts';
import { kafkaStatements } from '../iam/kafka-access.ts';
import { allow, role, trust } from '../iam/policy.ts';
import { bucketStatements, catalogStatements, sessionManagerPolicy } from '../iam/spark-access.ts';
import type { Value } from '../types.ts';
import { attribute, ref, type Resources } from '../values.ts';

/**
 * EMR takes an instance profile only if it has the name of its role. Names of roles count for all regions.
 * https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-iam-role-for-ec2.html
 */
export function nodeRoleName({ spec }: Pick<LayerContext, 'spec'>): string {
  return `${prefixOf(spec)}-${spec.region}-node`;
}

/** Subnets of somebody else need not have EMR's tag, and are not ours to tag: they are named here. */
function givenSubnets(context: LayerContext): readonly Value[] {
  const { vpc } = context.spec;
  if (vpc === 'new') return [];
  return [
    allow({
      sid: 'GivenSubnets',
      actions: [
        'ec2:CreateFleet',
        'ec2:CreateLaunchTemplate',
        'ec2:CreateLaunchTemplateVersion',
        'ec2:CreateNetworkInterface',
        'ec2:RunInstances'
      ],
      resources: vpc.subnets.map(subnet => arnOf(context, 'ec2', `subnet/${subnet}`))
    })
  ];
}

/** EMR itself: AWS's own policy for it, which works on what has EMR's tag, and the role that it gives to the nodes. */
function serviceRole(context: LayerContext): Resources {
  const condition: Value = {
    StringEquals: { 'aws:SourceAccount': context.resolved.account },
    ArnLike: { 'aws:SourceArn': arnOf(context, 'elasticmapreduce', '*') }
  };
  return {
    ServiceRole: role({
      description: 'EMR makes and steers the nodes',
      trust: trust('elasticmapreduce.amazonaws.com', condition),
      managed: [managedPolicy(context, 'service-role/AmazonEMRServicePolicy_v2')],
      statements: [
        allow({
          sid: 'NodeRole',
          actions: ['iam:PassRole'],
          resources: [attribute('NodeRole', 'Arn')],
          condition: { StringLike: { 'iam:PassedToService': 'ec2.amazonaws.com*' } }
        }),
        ...givenSubnets(context)
      ],
      tags: tagsOf(context, 'emr-service')
    })
  };
}

/** What EMR puts on its nodes when it makes them. */
function programs({ resolved, spec }: LayerContext): Value {
  return allow({
    sid: 'EmrPrograms',
    actions: ['s3:GetObject'],
    resources: [`arn:${resolved.partition}:s3:::${spec.region}.elasticmapreduce/*`]
  });
}

function nodeRole(context: LayerContext): Resources {
  const name = nodeRoleName(context);
  return {
    NodeRole: role({
      name,
      description: 'Spark on EMR',
      trust: trust('ec2.amazonaws.com'),
      managed: [sessionManagerPolicy(context)],
      statements: [
        ...bucketStatements(context),
        programs(context),
        ...catalogStatements(context),
        ...kafkaStatements(context)
      ],
      tags: tagsOf(context, 'node')
    }),
    NodeProfile: {
      Type: 'AWS::IAM::InstanceProfile',
      Properties: { InstanceProfileName: name, Roles: [ref('NodeRole')] }
    }
  };
}

export function emrRoles(context: LayerContext): Resources {
  return { ...nodeRole(context), ...serviceRole(context) };
}
