import type * as sdk from '@aws-sdk/client-kafka';
import { isRecord, textIn } from '../wire/checked.ts';
import { ApiError } from '../wire/failure.ts';
import { isTrue, objectIn, textOf, type Thing, type World } from '../world/world.ts';

/** MSK clusters as their API tells them; they are made by CloudFormation. */
export const PROVISIONED = 'AWS::MSK::Cluster';
export const SERVERLESS = 'AWS::MSK::ServerlessCluster';

export const isCluster = ({ type }: Thing): boolean => type === PROVISIONED || type === SERVERLESS;

export function clusterOf(world: World, arn: string | undefined): Thing {
  const cluster = world.things.get(arn ?? '');
  if (cluster !== undefined && isCluster(cluster)) return cluster;
  throw new ApiError(
    'NotFoundException',
    `The requested cluster ${String(arn)} does not exist.`,
    404
  );
}

/** A call that changes a cluster, or asks what only a ready one knows. */
export function activeCluster(world: World, arn: string | undefined): Thing {
  const cluster = clusterOf(world, arn);
  if (cluster.state === 'ACTIVE') return cluster;
  throw new ApiError(
    'BadRequestException',
    `The cluster is in the ${cluster.state} state, in which this operation is not valid.`
  );
}

export function clusterOut(world: World, cluster: Thing): sdk.Cluster {
  const serverless = cluster.type === SERVERLESS;
  const operation = [...world.operations].find(
    ([, { cluster: of, endedAt }]) => of === cluster.id && endedAt === null
  );
  return {
    ClusterArn: cluster.id,
    ClusterName: textOf(cluster, 'ClusterName'),
    ClusterType: serverless ? 'SERVERLESS' : 'PROVISIONED',
    CreationTime: new Date(cluster.createdAt),
    CurrentVersion: 'K3P5ROKL5A1OLE',
    State: cluster.state as sdk.ClusterState,
    ActiveOperationArn: operation?.[0],
    Tags: { ...cluster.tags },
    ...(serverless
      ? { Serverless: serverlessOut(cluster) }
      : { Provisioned: provisionedOut(cluster) })
  };
}

/** What a template calls `SecurityGroups` is `SecurityGroupIds` here. */
function serverlessOut({ properties }: Thing): sdk.Serverless {
  const configs = properties['VpcConfigs'];
  return {
    VpcConfigs: (Array.isArray(configs) ? configs.filter(isRecord) : []).map(config => ({
      SubnetIds: textsIn(config['SubnetIds']),
      SecurityGroupIds: textsIn(config['SecurityGroups'])
    })),
    ClientAuthentication: { Sasl: { Iam: { Enabled: true } } }
  };
}

function provisionedOut(cluster: Thing): sdk.Provisioned {
  const { properties } = cluster;
  const inTransit = objectIn(properties, 'EncryptionInfo', 'EncryptionInTransit');
  const auth = authOf(cluster);
  return {
    NumberOfBrokerNodes: Number(properties['NumberOfBrokerNodes'] ?? 2),
    BrokerNodeGroupInfo: nodeGroupOut(cluster),
    CurrentBrokerSoftwareInfo: { KafkaVersion: textOf(cluster, 'KafkaVersion') },
    ClientAuthentication: {
      Sasl: { Iam: { Enabled: auth.iam }, Scram: { Enabled: auth.scram } },
      Tls: { Enabled: auth.tls },
      Unauthenticated: { Enabled: auth.none }
    },
    EncryptionInfo: {
      EncryptionInTransit: {
        ClientBroker: textIn(inTransit['ClientBroker'], 'TLS') as sdk.ClientBroker,
        InCluster: isTrue(inTransit['InCluster'] ?? true)
      }
    }
  };
}

function nodeGroupOut({ properties, publicAccess }: Thing): sdk.BrokerNodeGroupInfo {
  const group = objectIn(properties, 'BrokerNodeGroupInfo');
  return {
    ClientSubnets: textsIn(group['ClientSubnets']),
    InstanceType: textIn(group['InstanceType']),
    SecurityGroups: textsIn(group['SecurityGroups']),
    ConnectivityInfo: { PublicAccess: { Type: publicAccess ?? 'DISABLED' } }
  };
}

const textsIn = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

export interface Authentication {
  readonly iam: boolean;
  readonly scram: boolean;
  readonly tls: boolean;
  readonly none: boolean;
}

/** A cluster without any setting takes everybody. */
export function authOf({ type, properties }: Thing): Authentication {
  if (type === SERVERLESS) return { iam: true, scram: false, tls: false, none: false };
  const given = objectIn(properties, 'ClientAuthentication');
  const enabled = (...names: readonly string[]): boolean =>
    isTrue(objectIn(given, ...names)['Enabled']);
  const iam = enabled('Sasl', 'Iam');
  const scram = enabled('Sasl', 'Scram');
  const tls = enabled('Tls');
  const none = enabled('Unauthenticated') || !(iam || scram || tls);
  return { iam, scram, tls, none };
}

/** https://docs.aws.amazon.com/msk/latest/developerguide/port-info.html: one text for each way in. */
export function bootstrapOut(
  { brokers, brokersSpeakTls }: World,
  cluster: Thing
): Omit<sdk.GetBootstrapBrokersCommandOutput, '$metadata'> {
  const auth = authOf(cluster);
  const text = brokers.join(',');
  const open = cluster.publicAccess === 'SERVICE_PROVIDED_EIPS';
  const transit = objectIn(cluster.properties, 'EncryptionInfo', 'EncryptionInTransit');
  const client = brokersSpeakTls ? textIn(transit['ClientBroker'], 'TLS') : 'PLAINTEXT';
  const tls = auth.tls || (auth.none && client !== 'PLAINTEXT');
  const when = (wanted: boolean): string | undefined => (wanted ? text : undefined);
  return {
    BootstrapBrokerString: when(auth.none && client !== 'TLS'),
    BootstrapBrokerStringTls: when(tls),
    BootstrapBrokerStringSaslIam: when(auth.iam),
    BootstrapBrokerStringSaslScram: when(auth.scram),
    BootstrapBrokerStringPublicTls: when(open && tls),
    BootstrapBrokerStringPublicSaslIam: when(open && auth.iam),
    BootstrapBrokerStringPublicSaslScram: when(open && auth.scram)
  };
}

export function nodesOut({ brokers }: World, cluster: Thing): sdk.NodeInfo[] {
  const count = Number(cluster.properties['NumberOfBrokerNodes'] ?? 0);
  const group = nodeGroupOut(cluster);
  const subnets = group.ClientSubnets ?? [];
  return Array.from({ length: count }, (_, index) => ({
    NodeType: 'BROKER',
    NodeARN: `${cluster.id.replace(':cluster/', ':node/')}/${index + 1}`,
    InstanceType: group.InstanceType,
    AddedToClusterTime: new Date(cluster.createdAt).toISOString(),
    BrokerNodeInfo: {
      BrokerId: index + 1,
      ClientSubnet: subnets[index % Math.max(1, subnets.length)],
      Endpoints: [brokers[index % Math.max(1, brokers.length)]?.split(':')[0] ?? 'localhost']
    }
  }));
}
