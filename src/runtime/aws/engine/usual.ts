const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** How long the making of a resource usually takes; long ones from public reports, short ones from experience. */
const MAKING: Readonly<Record<string, number>> = {
  'AWS::MSK::Cluster': 25 * MINUTE,
  'AWS::MSK::ServerlessCluster': 3 * MINUTE,
  'AWS::MSK::Configuration': 10 * SECOND,
  'AWS::MSK::Topic': MINUTE,
  'AWS::EMR::Cluster': 8 * MINUTE,
  'AWS::EMR::Step': 2 * MINUTE,
  'AWS::EMRServerless::Application': 40 * SECOND,
  'AWS::EMRContainers::VirtualCluster': 30 * SECOND,
  'AWS::EC2::NatGateway': 2 * MINUTE,
  'AWS::EC2::VPCEndpoint': MINUTE,
  'AWS::EC2::Instance': 5 * MINUTE,
  'AWS::EC2::InternetGateway': 20 * SECOND,
  'AWS::EC2::VPC': 15 * SECOND,
  'AWS::EC2::Subnet': 10 * SECOND,
  'AWS::EC2::EIP': 15 * SECOND,
  'AWS::EC2::SecurityGroup': 10 * SECOND,
  'AWS::IAM::Role': 20 * SECOND,
  'AWS::IAM::InstanceProfile': 2 * MINUTE,
  'AWS::S3::Bucket': 25 * SECOND
};

const DELETING: Readonly<Record<string, number>> = {
  'AWS::MSK::Cluster': 10 * MINUTE,
  'AWS::MSK::ServerlessCluster': 3 * MINUTE,
  'AWS::EMR::Cluster': 3 * MINUTE,
  'AWS::EC2::NatGateway': MINUTE,
  'AWS::EC2::VPCEndpoint': MINUTE,
  'AWS::EC2::Instance': MINUTE
};

const SHORT = 10 * SECOND;

/** Milliseconds that a resource of this type usually takes. */
export function usualMs(type: string, deleting: boolean): number {
  return (deleting ? DELETING : MAKING)[type] ?? SHORT;
}
