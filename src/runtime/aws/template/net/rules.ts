import type { Resource, Value } from '../types.ts';
import type { Resources } from '../values.ts';

/** What may pass from one security group to another. */
export interface Passage {
  readonly from: Value;
  readonly to: Value;
  readonly protocol: 'tcp' | 'udp' | 'icmp';
  /** First and last; null for all of the protocol. */
  readonly ports: readonly [number, number] | null;
  /** For the reader of the rule. */
  readonly why: string;
}

function range({ protocol, ports }: Pick<Passage, 'protocol' | 'ports'>) {
  const all: readonly [number, number] = protocol === 'icmp' ? [-1, -1] : [0, 65_535];
  const [FromPort, ToPort] = ports ?? all;
  return { IpProtocol: protocol, FromPort, ToPort };
}

/**
 * The rules at both ends of a passage. They are resources of their own, as two groups that name each other inside
 * themselves could be neither made nor deleted.
 */
export function passage(name: string, one: Passage): Resources {
  const common = { ...range(one), Description: one.why };
  const incoming: Resource = {
    Type: 'AWS::EC2::SecurityGroupIngress',
    Properties: { GroupId: one.to, SourceSecurityGroupId: one.from, ...common }
  };
  const outgoing: Resource = {
    Type: 'AWS::EC2::SecurityGroupEgress',
    Properties: { GroupId: one.from, DestinationSecurityGroupId: one.to, ...common }
  };
  return { [`${name}In`]: incoming, [`${name}Out`]: outgoing };
}

/** AWS has its endpoints in no fixed place, so HTTPS goes out to anywhere. */
export const HTTPS_OUT: Value = [
  {
    IpProtocol: 'tcp',
    FromPort: 443,
    ToPort: 443,
    CidrIp: '0.0.0.0/0',
    Description: 'AWS services and packages'
  }
];

/** Where a group leads that may open no connection. */
export const NOWHERE = '127.0.0.1/32';

/**
 * A group without any rule out is given one for everything; this one leads nowhere.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-ec2-securitygroup.html
 */
export const NOTHING_OUT: Value = [
  { IpProtocol: 'icmp', FromPort: -1, ToPort: -1, CidrIp: NOWHERE, Description: 'Nowhere' }
];

/** A security group without rules in. */
export function securityGroup(vpc: Value, description: string, out: Value, tags: Value): Resource {
  return {
    Type: 'AWS::EC2::SecurityGroup',
    Properties: {
      GroupDescription: description,
      VpcId: vpc,
      SecurityGroupEgress: out,
      Tags: tags
    }
  };
}
