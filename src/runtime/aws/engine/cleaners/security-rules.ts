import type { SecurityGroupRule } from '@aws-sdk/client-ec2';
import type { AwsClients } from '../../control/clients.ts';
import { allPages, ec2Of, filter, type AskEc2 } from './ask-ec2.ts';
import type { Cleaner, CleaningScene, OwnNetwork } from './port.ts';

/** The rules of these security groups. */
export async function rulesOf(
  ask: AskEc2,
  groups: readonly string[],
  abortSignal: AbortSignal
): Promise<readonly SecurityGroupRule[]> {
  if (groups.length === 0) return [];
  const pages = await allPages(token =>
    ask('DescribeSecurityGroupRules', ec2 =>
      ec2.describeSecurityGroupRules(
        { Filters: [filter('group-id', groups)], ...token },
        { abortSignal }
      )
    )
  );
  return pages.flatMap(page => page.SecurityGroupRules ?? []);
}

/** Groups of others that let ours in or out. */
async function groupsNaming(
  ask: AskEc2,
  groups: readonly string[],
  abortSignal: AbortSignal
): Promise<readonly string[]> {
  const found = new Set<string>();
  for (const name of ['ip-permission.group-id', 'egress.ip-permission.group-id']) {
    const pages = await allPages(token =>
      ask('DescribeSecurityGroups', ec2 =>
        ec2.describeSecurityGroups({ Filters: [filter(name, groups)], ...token }, { abortSignal })
      )
    );
    for (const group of pages.flatMap(page => page.SecurityGroups ?? []))
      if (group.GroupId !== undefined) found.add(group.GroupId);
  }
  return [...found].filter(group => !groups.includes(group));
}

const peerOf = (rule: SecurityGroupRule): string | undefined => rule.ReferencedGroupInfo?.GroupId;

/** Rules in the groups of others that name one of ours. */
export async function rulesNaming(
  ask: AskEc2,
  groups: readonly string[],
  signal: AbortSignal
): Promise<readonly SecurityGroupRule[]> {
  if (groups.length === 0) return [];
  const rules = await rulesOf(ask, await groupsNaming(ask, groups, signal), signal);
  return rules.filter(rule => groups.includes(peerOf(rule) ?? ''));
}

/**
 * Whether a rule in one of our groups is to go. At first only those that name a group of others: a service or a person
 * added them. When CloudFormation got stuck, all that name a group and are not resources of their own.
 */
function isInTheWay(rule: SecurityGroupRule, network: OwnNetwork, thorough: boolean): boolean {
  const peer = peerOf(rule);
  if (peer === undefined || network.declared.has(rule.SecurityGroupRuleId ?? '')) return false;
  return thorough || !network.groups.includes(peer);
}

async function revoke(ask: AskEc2, rule: SecurityGroupRule, abortSignal: AbortSignal) {
  const { GroupId, SecurityGroupRuleId: id, IsEgress: out = false } = rule;
  if (GroupId === undefined || id === undefined) return [];
  const input = { GroupId, SecurityGroupRuleIds: [id] };
  await (out
    ? ask('RevokeSecurityGroupEgress', ec2 => ec2.revokeSecurityGroupEgress(input, { abortSignal }))
    : ask('RevokeSecurityGroupIngress', ec2 =>
        ec2.revokeSecurityGroupIngress(input, { abortSignal })
      ));
  return [
    `Revoked the rule ${id} of ${GroupId}, which let ${peerOf(rule) ?? 'others'} ${out ? 'out' : 'in'}.`
  ];
}

async function clean(ask: AskEc2, scene: CleaningScene, signal: AbortSignal) {
  const { network, thorough } = scene;
  const own = await rulesOf(ask, network.groups, signal);
  // In a VPC of somebody else the other groups are not ours to change; they are told as leftovers.
  const others = network.vpc === null ? [] : await rulesNaming(ask, network.groups, signal);
  const did: string[] = [];
  for (const rule of [...own.filter(one => isInTheWay(one, network, thorough)), ...others])
    did.push(...(await revoke(ask, rule, signal)));
  return did;
}

/**
 * Revokes rules that tie our security groups to others: neither group can be deleted while they are there. EMR adds some
 * by itself. https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-man-sec-groups.html
 */
export function securityRulesCleaner(clients: AwsClients): Cleaner {
  const ask = ec2Of(clients);
  return {
    what: 'the rules of security groups',
    layers: ['net'],
    clean: (scene, signal) => clean(ask, scene, signal)
  };
}
