import { arnOf, uuid, type Thing, type World } from '../world/world.ts';
import { arnOfThing, idOf, kind, nameFrom, type Identity, type Kind, type Maker } from './kind.ts';

/** Kafka, Spark and the bucket. Slow ones take several steps, so that progress can be seen. */
function cluster(maker: Maker, suffix: string): Identity {
  const { world } = maker;
  const name = nameFrom('ClusterName', maker);
  const arn = arnOf(world, 'kafka', `cluster/${name}/${uuid(world)}-${suffix}`);
  return { id: arn, arn };
}

const kafka: readonly Kind[] = [
  kind('AWS::MSK::Cluster', maker => cluster(maker, '7'), {
    steps: 6,
    states: ['CREATING', 'ACTIVE'],
    changing: 'UPDATING',
    unique: 'ClusterName',
    attributes: { Arn: arnOfThing, CurrentVersion: () => 'K3P5ROKL5A1OLE' },
    replacing: 'ClusterName'
  }),
  kind('AWS::MSK::ServerlessCluster', maker => cluster(maker, 's1'), {
    steps: 4,
    states: ['CREATING', 'ACTIVE'],
    unique: 'ClusterName',
    attributes: { Arn: arnOfThing },
    replacing: 'VpcConfigs ClusterName ClientAuthentication Tags'
  }),
  kind('AWS::MSK::Configuration', configuration, {
    attributes: { Arn: arnOfThing, 'LatestRevision.Revision': () => '1' },
    replacing: 'KafkaVersionsList Name'
  }),
  kind('AWS::MSK::Topic', topic, {
    attributes: { TopicArn: idOf },
    replacing: 'ClusterArn TopicName ReplicationFactor'
  }),
  kind('AWS::MSK::BatchScramSecret', part('scram'), { replacing: 'ClusterArn' }),
  kind('AWS::MSK::ClusterPolicy', part('policy'), {
    attributes: { CurrentVersion: () => '1' },
    replacing: 'ClusterArn'
  })
];

function configuration(maker: Maker): Identity {
  const { world } = maker;
  const name = nameFrom('Name', maker);
  const arn = arnOf(world, 'kafka', `configuration/${name}/${uuid(world)}-7`);
  return { id: arn, arn };
}

function topic({ properties }: Maker): Identity {
  const cluster = String(properties['ClusterArn']);
  const name = String(properties['TopicName']);
  return { id: `${cluster.replace(':cluster/', ':topic/')}/${name}`, arn: null };
}

function part(name: string) {
  return ({ properties }: Maker): Identity => ({
    id: `${String(properties['ClusterArn'])}#${name}`,
    arn: null
  });
}

const spark: readonly Kind[] = [
  kind('AWS::EMRServerless::Application', application, {
    steps: 2,
    states: ['CREATING', 'CREATED'],
    attributes: { ApplicationId: idOf, Arn: arnOfThing },
    replacing: 'Type Name',
    perhaps:
      'AutoStartConfiguration Architecture WorkerTypeSpecifications InitialCapacity ImageConfiguration MaximumCapacity AutoStopConfiguration NetworkConfiguration ReleaseLabel',
    fixed: applicationHeld,
    held: applicationHeld
  }),
  kind('AWS::EMR::Cluster', job('j', 'cluster'), {
    steps: 6,
    states: ['STARTING', 'WAITING'],
    attributes: {
      Id: idOf,
      MasterPublicDNS: ({ id }) => `ip-10-0-0-${id.charCodeAt(3)}.ec2.internal`
    },
    replacing:
      'AdditionalInfo Applications AutoScalingRole BootstrapActions Configurations CustomAmiId EbsRootVolumeSize JobFlowRole KerberosAttributes LogEncryptionKmsKeyId LogUri Name OSReleaseLabel ReleaseLabel ScaleDownBehavior SecurityConfiguration ServiceRole Steps PlacementGroupConfigs EbsRootVolumeIops EbsRootVolumeThroughput',
    perhaps: 'Instances'
  }),
  kind('AWS::EMR::Step', job('s', ''), {
    attributes: { Id: idOf },
    replacing: 'ActionOnFailure HadoopJarStep JobFlowId Name LogUri EncryptionKeyArn'
  }),
  kind('AWS::EMR::SecurityConfiguration', maker => ({ id: nameFrom('Name', maker), arn: null }), {
    replacing: 'SecurityConfiguration Name'
  }),
  kind('AWS::EMRContainers::VirtualCluster', virtualCluster, {
    states: ['RUNNING', 'RUNNING'],
    attributes: { Id: idOf, Arn: arnOfThing },
    replacing: 'ContainerProvider Name SecurityConfigurationId SessionEnabled'
  })
];

function application({ world }: Maker): Identity {
  const id = `00f${world.hex(13)}`;
  return { id, arn: arnOf(world, 'emr-serverless', `/applications/${id}`) };
}

function virtualCluster({ world }: Maker): Identity {
  const id = world.hex(25);
  return { id, arn: arnOf(world, 'emr-containers', `/virtualclusters/${id}`) };
}

function job(prefix: string, resource: string) {
  return ({ world }: Maker): Identity => {
    const id = `${prefix}-${world.hex(13).toUpperCase()}`;
    return {
      id,
      arn: resource === '' ? null : arnOf(world, 'elasticmapreduce', `${resource}/${id}`)
    };
  };
}

/** https://docs.aws.amazon.com/emr-serverless/latest/APIReference/API_DeleteApplication.html */
function applicationHeld({ id, state }: Thing): string | null {
  // One that could not be made is not there to be stopped.
  return ['CREATED', 'STOPPED', 'FAILED'].includes(state)
    ? null
    : `Application ${id} must be in the CREATED or STOPPED state. Current state: ${state} (Service: EmrServerless, Status Code: 400)`;
}

const storage: readonly Kind[] = [
  kind('AWS::S3::Bucket', bucket, {
    attributes: {
      Arn: arnOfThing,
      DomainName: ({ id }) => `${id}.s3.amazonaws.com`,
      RegionalDomainName: ({ id }, { region }) => `${id}.s3.${region}.amazonaws.com`
    },
    replacing: 'BucketName ObjectLockEnabled BucketNamespace BucketNamePrefix',
    made: ({ id }, world) => void world.objects.set(id, new Map()),
    held: bucketHeld,
    gone: ({ id }, world) => void world.objects.delete(id)
  }),
  kind(
    'AWS::S3::BucketPolicy',
    ({ properties }) => ({
      id: `${String(properties['Bucket'])}#policy`,
      arn: null
    }),
    { replacing: 'Bucket' }
  )
];

function bucket(maker: Maker): Identity {
  const id = nameFrom('BucketName', maker).toLowerCase();
  return { id, arn: `arn:${maker.world.partition}:s3:::${id}` };
}

function bucketHeld({ id }: Thing, world: World): string | null {
  return (world.objects.get(id)?.size ?? 0) === 0
    ? null
    : 'The bucket you tried to delete is not empty (Service: S3, Status Code: 409)';
}

export const streamingKinds: readonly Kind[] = [...kafka, ...spark, ...storage];
