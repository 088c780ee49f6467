import assert from 'node:assert/strict';
import type { SecurityGroup, SecurityGroupRule } from '@aws-sdk/client-ec2';
import { TAGS } from '../../../src/runtime/aws/environment/spec.ts';
import { need, type Account } from '../account.ts';

/** The port of the brokers, as the guide of MSK has them; 9092 is that of Kafka without a login. */
const BROKER_PORTS: Readonly<Record<string, string>> = {
  'msk iam': '9098',
  'msk scram': '9096',
  'msk mtls': '9094',
  'msk none': '9094',
  'msk-serverless iam': '9098',
  'ec2 none': '9092'
};

const HTTPS = 'tcp 443 0.0.0.0/0';
const NOWHERE = 'icmp all 127.0.0.1/32';

/** A passage has a rule at each end. */
function passage(from: string, to: string, what: string): readonly string[] {
  return [`${from} out ${what} ${to}`, `${to} in ${what} ${from}`];
}

function kafkaRules({ spec, resolved }: Account): readonly string[] {
  const port = need(BROKER_PORTS[`${spec.kafka} ${spec.kafkaAuth}`], 'port');
  const isOnEc2 = spec.kafka === 'ec2';
  const hasBastion = isOnEc2 && spec.vpc === 'new' && spec.subnets === 'private';
  return [
    `spark out ${HTTPS}`,
    `kafka out ${isOnEc2 ? HTTPS : NOWHERE}`,
    ...passage('spark', 'kafka', `tcp ${port}`),
    ...(isOnEc2 ? passage('kafka', 'kafka', 'tcp 9092-9093') : []),
    ...(hasBastion ? [`bastion out ${HTTPS}`, ...passage('bastion', 'kafka', 'tcp 9092')] : []),
    ...(spec.publicBrokers ? ['kafka in tcp 9198 203.0.113.7/32'] : []),
    ...(resolved.eksSecurityGroup === undefined
      ? []
      : [`kafka in tcp ${port} ${resolved.eksSecurityGroup}`])
  ];
}

/** https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-man-sec-groups.html */
function emrRules({ spec }: Account): readonly string[] {
  if (spec.spark !== 'emr-ec2') return [];
  const nodes = ['emr-primary', 'emr-core'];
  const among = nodes.flatMap(from =>
    nodes.flatMap(to => ['tcp all', 'udp all', 'icmp all'].flatMap(what => passage(from, to, what)))
  );
  const [steer, report] = spec.release.includes('spark') ? ['443', '443'] : ['8443', '9443'];
  const service =
    spec.subnets === 'private'
      ? [
          `emr-service out ${NOWHERE}`,
          ...nodes.flatMap(node => passage('emr-service', node, `tcp ${steer}`)),
          ...passage('emr-primary', 'emr-service', `tcp ${report}`)
        ]
      : [];
  return [...nodes.map(node => `${node} out ${HTTPS}`), ...among, ...service];
}

function portsOf({ IpProtocol, FromPort, ToPort }: SecurityGroupRule): string {
  if (IpProtocol === 'icmp' && FromPort === -1 && ToPort === -1) return 'all';
  if (FromPort === 0 && ToPort === 65_535) return 'all';
  return FromPort === ToPort ? String(FromPort) : `${FromPort}-${ToPort}`;
}

/** Groups of the environment by identity, each with the end of its name. */
async function groupsOf({ clients, spec }: Account): Promise<ReadonlyMap<string, string>> {
  const ec2 = await clients.ec2();
  const Filters = [{ Name: `tag:${TAGS.environment}`, Values: [spec.name] }];
  const { SecurityGroups: groups = [] } = await ec2.describeSecurityGroups({ Filters });
  const label = ({ Tags = [] }: SecurityGroup) =>
    need(Tags.find(tag => tag.Key === 'Name')?.Value).replace(`headrace-${spec.name}-`, '');
  return new Map(groups.map(group => [need(group.GroupId), label(group)]));
}

async function foundRules(account: Account): Promise<readonly string[]> {
  const ec2 = await account.clients.ec2();
  const groups = await groupsOf(account);
  const Filters = [{ Name: 'group-id', Values: [...groups.keys()] }];
  const { SecurityGroupRules: rules = [] } = await ec2.describeSecurityGroupRules({ Filters });
  return rules.map(rule => {
    const other = rule.ReferencedGroupInfo?.GroupId;
    const peer = rule.CidrIpv4 ?? groups.get(other ?? '') ?? other ?? `${rule.CidrIpv6}`;
    const direction = rule.IsEgress === true ? 'out' : 'in';
    return `${groups.get(need(rule.GroupId))} ${direction} ${rule.IpProtocol} ${portsOf(rule)} ${peer}`;
  });
}

/** Each rule that is needed is there, at both ends, and no other; nobody comes in from everywhere. */
export async function checkRules(account: Account): Promise<void> {
  const found = await foundRules(account);
  const wanted = [...kafkaRules(account), ...emrRules(account)];
  assert.deepEqual([...found].sort(), [...new Set(wanted)].sort());
  assert.deepEqual(
    found.filter(rule => / in .*(?:\/0|::)/.test(rule)),
    []
  );
}
