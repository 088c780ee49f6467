import type { EnvironmentSpec } from '../../environment/spec.ts';
import { prefixOf, tagsOf, type LayerContext } from '../context.ts';
import { kafkaStatements, usesIam } from '../iam/kafka-access.ts';
import { role, trust } from '../iam/policy.ts';
import { bucketStatements, catalogStatements } from '../iam/spark-access.ts';
import { OUTPUTS, type Resource } from '../types.ts';
import { attribute, ref, type Fragment, type Resources } from '../values.ts';

type Eks = NonNullable<EnvironmentSpec['eks']>;

/** The parts of a job, each of which has a service account of its own in the namespace. */
const PARTS = ['Client', 'Driver', 'Executor'] as const;

/** The bytes of a text as one number in base 36, by which EMR names service accounts after roles. */
export function base36(text: string): string {
  const hex = Buffer.from(text, 'utf8').toString('hex');
  return BigInt(`0x${hex === '' ? '0' : hex}`).toString(36);
}

function roleName({ spec }: LayerContext): string {
  return `${prefixOf(spec)}-${spec.region}-job`;
}

/** As `aws emr-containers create-role-associations` names it. https://docs.aws.amazon.com/emr/latest/EMR-on-EKS-DevelopmentGuide/setting-up-enable-IAM.html */
function serviceAccount(context: LayerContext, part: (typeof PARTS)[number]): string {
  const id = `${context.resolved.account}-${base36(roleName(context))}`;
  return `emr-containers-sa-spark-${part.toLowerCase()}-${id}`;
}

/**
 * Jobs run as this role; the agent of EKS gives it to their pods, whatever identity provider the cluster has.
 * https://docs.aws.amazon.com/eks/latest/userguide/pod-id-association.html
 */
function executionRole(context: LayerContext, eks: Eks): Resource {
  return role({
    name: roleName(context),
    description: 'Spark on EKS',
    trust: trust(
      'pods.eks.amazonaws.com',
      { StringEquals: { 'aws:RequestTag/kubernetes-namespace': [eks.namespace] } },
      ['sts:AssumeRole', 'sts:TagSession']
    ),
    statements: [
      ...bucketStatements(context),
      ...catalogStatements(context),
      ...kafkaStatements(context)
    ],
    tags: tagsOf(context, 'execution')
  });
}

function identities(context: LayerContext, eks: Eks): Resources {
  const each = PARTS.map((part): [string, Resource] => [
    `${part}Identity`,
    {
      Type: 'AWS::EKS::PodIdentityAssociation',
      Properties: {
        ClusterName: eks.cluster,
        Namespace: eks.namespace,
        ServiceAccount: serviceAccount(context, part),
        RoleArn: attribute('ExecutionRole', 'Arn'),
        Tags: tagsOf(context, part.toLowerCase())
      }
    }
  ]);
  return Object.fromEntries(each);
}

function virtualCluster(context: LayerContext, eks: Eks): Resource {
  return {
    Type: 'AWS::EMRContainers::VirtualCluster',
    Properties: {
      Name: prefixOf(context.spec),
      ContainerProvider: {
        Type: 'EKS',
        Id: eks.cluster,
        Info: { EksInfo: { Namespace: eks.namespace } }
      },
      Tags: tagsOf(context, 'spark')
    }
  };
}

/** EMR on an EKS cluster that is there already. */
export function emrOnEks(context: LayerContext, eks: Eks): Fragment {
  return {
    resources: {
      ExecutionRole: executionRole(context, eks),
      ...identities(context, eks),
      VirtualCluster: virtualCluster(context, eks)
    },
    outputs: {
      [OUTPUTS.spark.virtualCluster]: {
        Description: 'The virtual cluster',
        Value: ref('VirtualCluster')
      },
      [OUTPUTS.spark.executionRole]: {
        Description: 'Role of jobs',
        Value: attribute('ExecutionRole', 'Arn')
      }
    },
    inputs: [OUTPUTS.net.bucket, ...(usesIam(context) ? [OUTPUTS.kafka.cluster] : [])]
  };
}
