import * as sdk from '@aws-sdk/client-emr';
import { STEP_ENDED } from '../world/jobs.ts';
import { textIn } from '../wire/checked.ts';
import { ApiError } from '../wire/failure.ts';
import { objectIn, textOf, thingsOf, type Thing, type World } from '../world/world.ts';
import { stepActions } from './emr-steps.ts';
import { pageOf, pairs, type Action, type Service } from './service.ts';

export const CLUSTER = 'AWS::EMR::Cluster';

export function emrCluster(world: World, id: string | undefined): Thing {
  const cluster = world.things.get(id ?? '');
  if (cluster?.type === CLUSTER) return cluster;
  throw new ApiError('InvalidRequestException', `Cluster id '${String(id)}' is not valid.`);
}

const describeCluster: Action<sdk.DescribeClusterCommandInput, sdk.DescribeClusterCommandOutput> = (
  { ClusterId: id },
  { world }
) => {
  const cluster = emrCluster(world, id);
  const { properties } = cluster;
  return {
    Cluster: {
      Id: cluster.id,
      Name: textOf(cluster, 'Name'),
      ClusterArn: cluster.arn ?? undefined,
      ReleaseLabel: textOf(cluster, 'ReleaseLabel'),
      LogUri: textOf(cluster, 'LogUri'),
      ServiceRole: textOf(cluster, 'ServiceRole'),
      TerminationProtected: objectIn(properties, 'Instances')['TerminationProtected'] === true,
      AutoTerminate: false,
      InstanceCollectionType: 'INSTANCE_GROUP',
      MasterPublicDnsName: 'ip-10-0-0-10.ec2.internal',
      StepConcurrencyLevel: 1,
      Applications: namesIn(properties['Applications']).map(name => ({ Name: name })),
      Tags: pairs(cluster.tags),
      Status: statusOut(world, cluster)
    }
  };
};

const namesIn = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.map(each => String((each as Record<string, unknown>)['Name'])) : [];

function statusOut(world: World, { id, state, createdAt }: Thing): sdk.ClusterStatus {
  const end = world.clusterEnds.get(id);
  const Message = end?.reason ?? 'Terminated by user request';
  return {
    State: state as sdk.ClusterState,
    StateChangeReason: state === 'TERMINATED' ? { Code: 'USER_REQUEST', Message } : {},
    Timeline: {
      CreationDateTime: new Date(createdAt),
      EndDateTime: end === undefined ? undefined : new Date(end.at)
    }
  };
}

const listClusters: Action<sdk.ListClustersCommandInput, sdk.ListClustersCommandOutput> = (
  input,
  { world }
) => {
  const states = input.ClusterStates as readonly string[] | undefined;
  const all = thingsOf(world, CLUSTER).filter(({ state }) => states?.includes(state) ?? true);
  const { items, next } = pageOf(world, all, input.Marker);
  return {
    Marker: next,
    Clusters: items.map(cluster => ({
      Id: cluster.id,
      Name: textOf(cluster, 'Name'),
      ClusterArn: cluster.arn ?? undefined,
      Status: statusOut(world, cluster)
    }))
  };
};

/** One primary node and as many core nodes as the template says. */
const listInstances: Action<sdk.ListInstancesCommandInput, sdk.ListInstancesCommandOutput> = (
  input,
  { world }
) => {
  const cluster = emrCluster(world, input.ClusterId);
  const core = objectIn(cluster.properties, 'Instances', 'CoreInstanceGroup');
  const count = Number(core['InstanceCount'] ?? 0);
  const all = Array.from({ length: count + 1 }, (_, index) => instanceOut(cluster, core, index));
  const kinds = input.InstanceGroupTypes as readonly string[] | undefined;
  const chosen = all.filter((_, index) => kinds?.includes(index === 0 ? 'MASTER' : 'CORE') ?? true);
  return { Instances: /^TERMINAT/.test(cluster.state) ? [] : chosen };
};

function instanceOut(
  { id, createdAt }: Thing,
  core: Readonly<Record<string, unknown>>,
  index: number
): sdk.Instance {
  const serial = id.slice(2).toLowerCase();
  return {
    Id: `ci-${serial}${index}`,
    Ec2InstanceId: `i-0${serial}${index}`,
    InstanceType: textIn(core['InstanceType'], 'm7g.xlarge'),
    PrivateDnsName: `ip-10-0-0-${index + 10}.ec2.internal`,
    PrivateIpAddress: `10.0.0.${index + 10}`,
    Status: { State: 'RUNNING', Timeline: { CreationDateTime: new Date(createdAt) } }
  };
}

const listReleases: Action<
  sdk.ListReleaseLabelsCommandInput,
  sdk.ListReleaseLabelsCommandOutput
> = (input, { world }) => {
  const all = world.releases.filter(label => label.startsWith(input.Filters?.Prefix ?? ''));
  const { items, next } = pageOf(world, all, input.NextToken, input.MaxResults ?? world.pageSize);
  return { ReleaseLabels: [...items], NextToken: next };
};

const protect: Action<
  sdk.SetTerminationProtectionCommandInput,
  sdk.SetTerminationProtectionCommandOutput
> = ({ JobFlowIds: ids = [], TerminationProtected: on }, { world }) => {
  for (const cluster of ids.map(id => emrCluster(world, id))) {
    const instances = objectIn(cluster.properties, 'Instances');
    cluster.properties = {
      ...cluster.properties,
      Instances: { ...instances, TerminationProtected: on }
    };
  }
  return {};
};

const terminate: Action<sdk.TerminateJobFlowsCommandInput, sdk.TerminateJobFlowsCommandOutput> = (
  { JobFlowIds: ids = [] },
  { world }
) => {
  for (const cluster of ids.map(id => emrCluster(world, id))) {
    if (objectIn(cluster.properties, 'Instances')['TerminationProtected'] === true) {
      throw new ApiError(
        'ValidationException',
        'Could not shut down one or more job flows since they are termination protected.'
      );
    }
    if (cluster.state === 'TERMINATED') continue;
    cluster.state = 'TERMINATING';
    endSteps(world, cluster.id);
    world.time.after(2, () => void (cluster.state = 'TERMINATED'));
  }
  return {};
};

function endSteps(world: World, clusterId: string): void {
  for (const step of world.steps.values()) {
    if (step.clusterId !== clusterId || STEP_ENDED.includes(step.state)) continue;
    step.state = 'CANCELLED';
    step.endedAt = world.time.now();
  }
}

/** https://docs.aws.amazon.com/emr/latest/APIReference/ */
export const emr: Service = {
  name: 'elasticmapreduce',
  signingName: 'elasticmapreduce',
  sdk,
  protocol: 'json',
  actions: {
    DescribeCluster: describeCluster,
    ListClusters: listClusters,
    ListInstances: listInstances,
    ListReleaseLabels: listReleases,
    SetTerminationProtection: protect,
    TerminateJobFlows: terminate,
    ...stepActions(emrCluster)
  }
};
