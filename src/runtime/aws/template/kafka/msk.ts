import { mskBrokerCount } from '../../environment/sizes.ts';
import { prefixOf, subnetCount, tagsOf, type LayerContext } from '../context.ts';
import { OUTPUTS, type Resource, type Value } from '../types.ts';
import { attribute, ref, type Fragment, type Resources } from '../values.ts';
import { clientAuthority } from './mtls.ts';
import { scramUser } from './scram.ts';

/** With controllers in place of ZooKeeper. https://docs.aws.amazon.com/msk/latest/developerguide/supported-kafka-versions.html */
export const MSK_VERSION = '3.9.x.kraft';
const LOG_DAYS = 7;

/** Topics are made by name, so a misspelt one is an error; and they are copied as often as the zones allow. */
function serverProperties(zones: number): string {
  return [
    'auto.create.topics.enable=false',
    `default.replication.factor=${zones}`,
    `min.insync.replicas=${zones - 1}`
  ].join('\n');
}

function clientAuthentication({ spec }: LayerContext): Value {
  const kind = spec.kafkaAuth;
  return {
    Sasl: { Iam: { Enabled: kind === 'iam' }, Scram: { Enabled: kind === 'scram' } },
    Tls: {
      Enabled: kind === 'mtls',
      ...(kind === 'mtls' ? { CertificateAuthorityArnList: [ref('Authority')] } : {})
    },
    Unauthenticated: { Enabled: kind === 'none' }
  };
}

function brokers(context: LayerContext): Value {
  const { msk } = context.sizes;
  return {
    InstanceType: msk.instanceType,
    ClientSubnets: ref(OUTPUTS.net.subnets),
    SecurityGroups: [ref(OUTPUTS.net.kafkaGroup)],
    StorageInfo: { EBSStorageInfo: { VolumeSize: msk.storageGiB } }
  };
}

function cluster(context: LayerContext): Resource {
  const { spec } = context;
  return {
    Type: 'AWS::MSK::Cluster',
    ...(spec.kafkaAuth === 'mtls' ? { DependsOn: 'AuthorityActivation' } : {}),
    Properties: {
      ClusterName: prefixOf(spec),
      KafkaVersion: MSK_VERSION,
      NumberOfBrokerNodes: mskBrokerCount(spec.size, subnetCount(context)),
      BrokerNodeGroupInfo: brokers(context),
      ClientAuthentication: clientAuthentication(context),
      EncryptionInfo: { EncryptionInTransit: { ClientBroker: 'TLS', InCluster: true } },
      ConfigurationInfo: {
        Arn: ref('Configuration'),
        Revision: attribute('Configuration', 'LatestRevision.Revision')
      },
      EnhancedMonitoring: spec.size === 'dev' ? 'DEFAULT' : 'PER_BROKER',
      LoggingInfo: {
        BrokerLogs: { CloudWatchLogs: { Enabled: true, LogGroup: ref('BrokerLogs') } }
      },
      Tags: context.tags
    }
  };
}

function logs(context: LayerContext): Resource {
  return {
    Type: 'AWS::Logs::LogGroup',
    DeletionPolicy: 'Delete',
    UpdateReplacePolicy: 'Delete',
    Properties: {
      LogGroupName: `/headrace/${context.spec.name}/kafka`,
      RetentionInDays: LOG_DAYS,
      Tags: tagsOf(context, 'broker-logs')
    }
  };
}

function authentication(context: LayerContext): Resources {
  switch (context.spec.kafkaAuth) {
    case 'scram':
      return scramUser(context);
    case 'mtls':
      return clientAuthority(context);
    case 'iam':
    case 'none':
      return {};
  }
}

/**
 * An MSK cluster. Public addresses are given to its brokers afterwards: a cluster cannot be made with them.
 * https://docs.aws.amazon.com/msk/latest/developerguide/public-access.html
 */
export function msk(context: LayerContext): Fragment {
  return {
    resources: {
      BrokerLogs: logs(context),
      Configuration: {
        Type: 'AWS::MSK::Configuration',
        Properties: {
          Name: prefixOf(context.spec),
          Description: 'Settings of the brokers',
          KafkaVersionsList: [MSK_VERSION],
          ServerProperties: serverProperties(subnetCount(context))
        }
      },
      ...authentication(context),
      Cluster: cluster(context)
    },
    outputs: {
      [OUTPUTS.kafka.cluster]: { Description: 'ARN of the cluster', Value: ref('Cluster') }
    },
    inputs: [OUTPUTS.net.subnets, OUTPUTS.net.kafkaGroup]
  };
}
