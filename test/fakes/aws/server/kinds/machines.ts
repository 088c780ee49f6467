import { textIn } from '../wire/checked.ts';
import { arnOf, type Thing } from '../world/world.ts';
import {
  arnOfThing,
  idOf,
  kind,
  nameFrom,
  property,
  type Identity,
  type Kind,
  type Maker
} from './kind.ts';

/** Machines, roles, buckets and the small things around them. */
const named =
  (property: string, arn: (maker: Maker, name: string) => string | null) =>
  (maker: Maker): Identity => {
    const id = nameFrom(property, maker);
    return { id, arn: arn(maker, id) };
  };

const iam =
  (resource: string) =>
  ({ world, properties }: Maker, name: string): string =>
    `arn:${world.partition}:iam::${world.account}:${resource}${textIn(properties['Path'], '/')}${name}`;

const inRegion =
  (service: string, resource: string) =>
  ({ world }: Maker, name: string): string =>
    arnOf(world, service, resource + name);

const ec2 =
  (prefix: string, resource: string) =>
  ({ world }: Maker): Identity => {
    const id = `${prefix}-0${world.hex(16)}`;
    return { id, arn: arnOf(world, 'ec2', `${resource}/${id}`) };
  };

const host = ({ id }: Thing): string => {
  const [a, b] = [id.slice(4, 6), id.slice(6, 8)].map(part => Number.parseInt(part, 16));
  return `${String(a)}-${String(b)}`;
};
const privateIp = (thing: Thing): string => `10.0.${host(thing).replace('-', '.')}`;

const machines: readonly Kind[] = [
  kind('AWS::EC2::Instance', ec2('i', 'instance'), {
    steps: 3,
    states: ['pending', 'running'],
    attributes: {
      InstanceId: idOf,
      AvailabilityZone: property('AvailabilityZone'),
      PrivateIp: privateIp,
      PrivateDnsName: thing => `ip-10-0-${host(thing)}.ec2.internal`,
      PublicIp: thing => `203.0.${host(thing).replace('-', '.')}`,
      PublicDnsName: thing => `ec2-203-0-${host(thing)}.compute-1.amazonaws.com`
    },
    replacing:
      'AvailabilityZone CpuOptions ElasticGpuSpecifications ElasticInferenceAccelerators EnclaveOptions HibernationOptions HostResourceGroupArn ImageId Ipv6AddressCount Ipv6Addresses KeyName LaunchTemplate LicenseSpecifications NetworkInterfaces PlacementGroupName PrivateIpAddress SecurityGroups SubnetId',
    perhaps:
      'AdditionalInfo Affinity BlockDeviceMappings EbsOptimized HostId InstanceType KernelId PrivateDnsNameOptions RamdiskId SecurityGroupIds Tenancy UserData'
  }),
  kind('AWS::EC2::InstanceConnectEndpoint', ec2('eice', 'instance-connect-endpoint'), {
    steps: 3,
    attributes: { Id: idOf },
    replacing: 'PreserveClientIp SubnetId ClientToken SecurityGroupIds'
  }),
  kind('AWS::EC2::LaunchTemplate', ec2('lt', 'launch-template'), {
    attributes: {
      LaunchTemplateId: idOf,
      LatestVersionNumber: () => '1',
      DefaultVersionNumber: () => '1'
    },
    replacing: 'LaunchTemplateName'
  }),
  kind('AWS::EC2::Volume', ec2('vol', 'volume'), { attributes: { VolumeId: idOf } })
];

const roles: readonly Kind[] = [
  kind('AWS::IAM::Role', named('RoleName', iam('role')), {
    attributes: { Arn: arnOfThing, RoleId: ({ id }) => `AROA${id.toUpperCase().slice(0, 17)}` },
    replacing: 'Path RoleName'
  }),
  kind(
    'AWS::IAM::Policy',
    named('PolicyName', () => null)
  ),
  kind(
    'AWS::IAM::ManagedPolicy',
    maker => {
      const arn = iam('policy')(maker, nameFrom('ManagedPolicyName', maker));
      return { id: arn, arn };
    },
    { attributes: { PolicyArn: idOf }, replacing: 'ManagedPolicyName Path Description' }
  ),
  kind('AWS::IAM::InstanceProfile', named('InstanceProfileName', iam('instance-profile')), {
    attributes: { Arn: arnOfThing },
    replacing: 'Path InstanceProfileName'
  })
];

const others: readonly Kind[] = [
  kind('AWS::Logs::LogGroup', named('LogGroupName', inRegion('logs', 'log-group:')), {
    attributes: { Arn: ({ arn }) => `${arn ?? ''}:*` },
    replacing: 'LogGroupName'
  }),
  kind('AWS::SSM::Parameter', named('Name', inRegion('ssm', 'parameter/')), {
    attributes: { Type: property('Type'), Value: property('Value'), Arn: arnOfThing },
    replacing: 'Name'
  }),
  kind('AWS::Scheduler::Schedule', named('Name', inRegion('scheduler', 'schedule/default/')), {
    attributes: { Arn: arnOfThing },
    replacing: 'Name'
  }),
  kind(
    'AWS::SecretsManager::Secret',
    maker => {
      const name = `${nameFrom('Name', maker)}-${maker.world.hex(6)}`;
      const arn = arnOf(maker.world, 'secretsmanager', `secret:${name}`);
      return { id: arn, arn };
    },
    { attributes: { Id: idOf }, replacing: 'Name' }
  ),
  kind(
    'AWS::KMS::Key',
    ({ world }) => {
      const id = `${world.hex(8)}-${world.hex(4)}-${world.hex(4)}-${world.hex(4)}-${world.hex(12)}`;
      return { id, arn: arnOf(world, 'kms', `key/${id}`) };
    },
    { attributes: { KeyId: idOf, Arn: arnOfThing } }
  ),
  kind(
    'AWS::ACMPCA::CertificateAuthority',
    ({ world }) => {
      const arn = arnOf(world, 'acm-pca', `certificate-authority/${world.hex(12)}`);
      return { id: arn, arn };
    },
    {
      attributes: { Arn: idOf, CertificateSigningRequest: () => 'a request' },
      replacing:
        'CsrExtensions KeyAlgorithm KeyStorageSecurityStandard SigningAlgorithm Subject Type UsageMode'
    }
  ),
  kind(
    'AWS::ACMPCA::Certificate',
    ({ world, properties }) => ({
      id: `${textIn(properties['CertificateAuthorityArn'])}/certificate/${world.hex(12)}`,
      arn: null
    }),
    {
      attributes: { Arn: idOf, Certificate: () => 'a certificate' },
      replacing:
        'ApiPassthrough CertificateAuthorityArn CertificateSigningRequest SigningAlgorithm TemplateArn Validity ValidityNotBefore'
    }
  ),
  kind(
    'AWS::EKS::PodIdentityAssociation',
    ({ world, properties }) => {
      const id = `a-${world.hex(17)}`;
      const path = `podidentityassociation/${textIn(properties['ClusterName'])}/${id}`;
      return { id, arn: arnOf(world, 'eks', path) };
    },
    { replacing: 'ClusterName Namespace ServiceAccount' }
  ),
  kind('AWS::CloudFormation::WaitConditionHandle', ({ world, stack }) => ({
    id: `https://cloudformation-waitcondition-${world.region}.example/${stack}/${world.hex(8)}`,
    arn: null
  })),
  kind(
    'AWS::CloudFormation::WaitCondition',
    named('', () => null),
    {
      steps: 2,
      attributes: { Data: () => '{}' }
    }
  )
];

export const machineKinds: readonly Kind[] = [...machines, ...roles, ...others];
