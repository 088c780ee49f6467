import { capabilitiesOf } from '../../emr/release.ts';
import type { EnvironmentSpec } from '../../environment/spec.ts';
import { prefixOf, tagsOf, type LayerContext } from '../context.ts';
import { usesIam } from '../iam/kafka-access.ts';
import { EMR_TAG } from '../tags.ts';
import { OUTPUTS, type Resource, type Value } from '../types.ts';
import { pick, ref, text, type Fragment } from '../values.ts';
import { clusterGroups, emrGroups } from './emr-groups.ts';
import { emrRoles } from './emr-roles.ts';

/** Seconds without an application, a step or a session. A stream is an application, so it keeps the cluster. */
const IDLE_S = 3_600;

const isOld = ({ spec }: LayerContext): boolean => capabilitiesOf(spec.release).scala === '2.12';

/** Releases from 8 on have Hadoop in them and Hive no more. https://docs.aws.amazon.com/emr/latest/ReleaseGuide/emr-spark810-release.html */
function applications(context: LayerContext): Value {
  const names = isOld(context) ? ['Hadoop', 'Hive', 'Livy', 'Spark'] : ['Livy', 'Spark'];
  return names.map(Name => ({ Name }));
}

function configurations(context: LayerContext): Value {
  const livy = {
    Classification: 'livy-conf',
    ConfigurationProperties: {
      'livy.server.session.timeout': '1h',
      'livy.spark.deploy-mode': 'cluster'
    }
  };
  const glue = 'com.amazonaws.glue.catalog.metastore.AWSGlueDataCatalogHiveClientFactory';
  const catalog = {
    Classification: 'spark-hive-site',
    ConfigurationProperties: { 'hive.metastore.client.factory.class': glue }
  };
  return isOld(context) ? [livy, catalog] : [livy];
}

function nodes(context: LayerContext, name: string, type: string, count: number): Value {
  return {
    Name: name,
    InstanceType: type,
    InstanceCount: count,
    Market: 'ON_DEMAND',
    EbsConfiguration: {
      EbsBlockDeviceConfigs: [
        {
          VolumeSpecification: { VolumeType: 'gp3', SizeInGB: context.sizes.emrOnEc2.dataGiB },
          VolumesPerInstance: 1
        }
      ]
    }
  };
}

function instances(context: LayerContext): Value {
  const { primaryType, coreType, coreCount } = context.sizes.emrOnEc2;
  return {
    Ec2SubnetId: pick(0, ref(OUTPUTS.net.subnets)),
    KeepJobFlowAliveWhenNoSteps: true,
    TerminationProtected: false,
    ...clusterGroups(context),
    MasterInstanceGroup: nodes(context, 'primary', primaryType, 1),
    CoreInstanceGroup: nodes(context, 'core', coreType, coreCount)
  };
}

/** Core and task nodes, within the limits of the price that was shown. */
function scaling({ sizes }: LayerContext): Value {
  const { coreCount, maxUnits } = sizes.emrOnEc2;
  return {
    ComputeLimits: {
      UnitType: 'Instances',
      MinimumCapacityUnits: coreCount,
      MaximumCapacityUnits: maxUnits,
      MaximumCoreCapacityUnits: maxUnits,
      MaximumOnDemandCapacityUnits: maxUnits
    }
  };
}

/**
 * The name has the generation in it: a cluster that has ended by itself is the same to CloudFormation as one that runs,
 * and a new name is what makes it anew.
 */
export function clusterName(spec: Pick<EnvironmentSpec, 'name'>, generation = 1): string {
  return generation === 1 ? prefixOf(spec) : `${prefixOf(spec)}-g${generation}`;
}

/** Of a name that {@link clusterName} made. */
export function generationOf(spec: Pick<EnvironmentSpec, 'name'>, name: string): number {
  const suffix = name.slice(prefixOf(spec).length);
  return Number(/^-g(\d+)$/.exec(suffix)?.[1] ?? 1);
}

/** The rules are there before the cluster, or EMR would add them, and go after it. */
function cluster(context: LayerContext, rules: readonly string[]): Resource {
  const { spec, resolved, sizes } = context;
  return {
    Type: 'AWS::EMR::Cluster',
    DependsOn: rules,
    Properties: {
      Name: clusterName(spec, resolved.generation),
      ReleaseLabel: spec.release,
      Applications: applications(context),
      Configurations: configurations(context),
      Instances: instances(context),
      JobFlowRole: ref('NodeProfile'),
      ServiceRole: ref('ServiceRole'),
      LogUri: text('s3://', ref(OUTPUTS.net.bucket), '/logs/emr/'),
      EbsRootVolumeSize: sizes.emrOnEc2.rootGiB,
      AutoTerminationPolicy: { IdleTimeout: IDLE_S },
      ManagedScalingPolicy: scaling(context),
      StepConcurrencyLevel: 10,
      VisibleToAllUsers: true,
      Tags: tagsOf(context, 'emr', EMR_TAG)
    }
  };
}

/** EMR on EC2 with Livy, which listens inside the VPC only. */
export function emrOnEc2(context: LayerContext): Fragment {
  const { groups, rules } = emrGroups(context);
  return {
    resources: {
      ...groups,
      ...rules,
      ...emrRoles(context),
      Cluster: cluster(context, Object.keys(rules))
    },
    outputs: {
      [OUTPUTS.spark.cluster]: { Description: 'The cluster', Value: ref('Cluster') }
    },
    inputs: [
      OUTPUTS.net.vpc,
      OUTPUTS.net.subnets,
      OUTPUTS.net.sparkGroup,
      OUTPUTS.net.bucket,
      ...(usesIam(context) ? [OUTPUTS.kafka.cluster] : [])
    ]
  };
}
