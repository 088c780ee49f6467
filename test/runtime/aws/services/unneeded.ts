/**
 * What a handler of CloudFormation may ask for and our templates give no reason for, by type, or for all types. A
 * handler asks for what the properties of a resource need, and is registered with all that it could ever need.
 */
export const UNNEEDED: readonly {
  readonly type?: RegExp;
  readonly actions: RegExp;
  readonly why: string;
}[] = [
  { actions: /^elastic-inference:|:DescribeElasticGpus$/, why: 'services that are no more' },
  { actions: /^vpc-lattice:|^vpce:/, why: 'endpoints are for services of AWS in the same region' },
  { actions: /^s3tables:|MetadataTableConfiguration$/, why: 'no bucket has a metadata table' },
  { actions: /^firehose:|REST\.PUT\.OBJECT$/, why: 'logs go to CloudWatch alone' },
  { actions: /^ecr:/, why: 'no application has an image of its own' },
  { actions: /Vpn(Gateway|Gateways)$/, why: 'no network has a VPN gateway' },
  { actions: /:AcceptAddressTransfer$/, why: 'addresses are new' },
  { actions: /PermissionsBoundary$/, why: 'roles have no boundary' },
  {
    type: /^AWS::EMRServerless::Application$/,
    actions: /^kms:/,
    why: 'no application has a key of its own'
  },
  {
    type: /^AWS::EC2::NetworkInterface$/,
    actions: /Ipv6|Permission|PrivateIpAddresses$|:Modify\w+$/,
    why: 'an interface is made with its group and one address, and keeps them'
  },
  { type: /^AWS::MSK::Cluster$/, actions: /^kms:/, why: 'data are under the key of MSK' },
  {
    type: /^AWS::MSK::Cluster$/,
    actions: /^s3:|^iam:(Put|Attach)RolePolicy$/,
    why: 'logs go to CloudWatch alone'
  },
  {
    type: /^AWS::MSK::Cluster$/,
    actions: /:Update(Monitoring|ClusterKafkaVersion|Storage)$/,
    why: 'these properties are the same in all sizes'
  },
  { type: /^AWS::EC2::Instance$/, actions: /^ssm:/, why: 'machines have no SSM associations' },
  {
    type: /^AWS::EC2::Instance$/,
    actions:
      /:(Modify|Monitor|Unmonitor|Start|Stop)\w+$|(Attach|Detach)Volume$|(Associate|Disassociate|Replace)Iam\w+$|KeyPairs$/,
    why: 'a broker is made anew, and has no key pair'
  },
  { type: /^AWS::S3::Bucket$/, actions: /^iam:PassRole$/, why: 'nothing is replicated' },
  {
    type: /^AWS::S3::Bucket$/,
    actions:
      /^s3:(Put|Delete|Get)\w*(Accelerate|Analytics|CORS|Cors|Logging|Notification|ObjectLock|Replication|Versioning|Website|IntelligentTiering|Inventory|Metrics|Acl)\w*$/,
    why: 'the bucket has none of it'
  },
  {
    type: /^AWS::S3::Bucket$/,
    actions: /^s3:Delete\w+(Encryption|Lifecycle)$/,
    why: 'it keeps both'
  },
  {
    type: /^AWS::EC2::NatGateway$/,
    actions: /NatGatewayAddress$/,
    why: 'one public address'
  },
  { type: /^AWS::EC2::(Subnet|VPC)$/, actions: /CidrBlock$|VpcTenancy$/, why: 'neither changes' },
  {
    type: /^AWS::EC2::SubnetRouteTableAssociation$/,
    actions: /:ReplaceRouteTableAssociation$/,
    why: 'subnets are new'
  },
  { type: /^AWS::IAM::Role$/, actions: /:UpdateRole(Description)?$/, why: 'neither changes' },
  { type: /^AWS::KMS::Key$/, actions: /:EnableKey$|:DisableKeyRotation$/, why: 'neither changes' },
  {
    type: /^AWS::Logs::LogGroup$/,
    actions:
      /KmsKey$|:(Put|Delete)(DataProtection|Index)Policy$|:DeleteRetentionPolicy$|LogDelivery$|ResourcePolic\w+$/,
    why: 'a log group has a retention and nothing else'
  },
  {
    type: /^AWS::SecretsManager::Secret$/,
    actions: /Replicat\w+$|RegionsFromReplication$/,
    why: 'secrets stay in their region'
  }
];

/** Why a type does not need an action that its handler could ask for; null where it does. */
export function unneeded(type: string, action: string): string | null {
  const found = UNNEEDED.find(
    each => each.actions.test(action) && (each.type === undefined || each.type.test(type))
  );
  return found?.why ?? null;
}
