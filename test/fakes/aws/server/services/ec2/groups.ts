import type * as sdk from '@aws-sdk/client-ec2';
import { dropRulesOf, referringRule } from '../../kinds/rules.ts';
import { ApiError } from '../../wire/failure.ts';
import { textOf, type Rule, type Thing, type World } from '../../world/world.ts';
import { pageOf, pairs, type Action } from '../service.ts';
import { field, found, notFound, paged, VPC_ID } from './find.ts';

const describeGroups: Action<
  sdk.DescribeSecurityGroupsCommandInput,
  sdk.DescribeSecurityGroupsCommandOutput
> = (input, { world }) => {
  const peers =
    (out: boolean) =>
    ({ id }: Thing): string[] =>
      rulesOf(world, id).flatMap(({ peer, egress }) =>
        peer === null || egress !== out ? [] : [peer]
      );
  const all = found(world, 'AWS::EC2::SecurityGroup', input.GroupIds, input.Filters, {
    ...VPC_ID,
    'group-id': ({ id }) => [id],
    'group-name': field('GroupName'),
    'ip-permission.group-id': peers(false),
    'egress.ip-permission.group-id': peers(true)
  });
  const { items, next } = paged(world, all, input);
  return { NextToken: next, SecurityGroups: items.map(group => groupOut(world, group)) };
};

const rulesOf = (world: World, group: string): readonly Rule[] =>
  [...world.rules.values()].filter(rule => rule.group === group);

function groupOut(world: World, group: Thing): sdk.SecurityGroup {
  const rules = rulesOf(world, group.id);
  return {
    GroupId: group.id,
    GroupName: textOf(group, 'GroupName') || group.id,
    Description: textOf(group, 'GroupDescription'),
    VpcId: textOf(group, 'VpcId'),
    OwnerId: world.account,
    Tags: pairs(group.tags),
    IpPermissions: rules.filter(({ egress }) => !egress).map(permissionOut),
    IpPermissionsEgress: rules.filter(({ egress }) => egress).map(permissionOut)
  };
}

const permissionOut = ({ protocol, from, to, cidr, peer }: Rule): sdk.IpPermission => ({
  IpProtocol: protocol,
  FromPort: from,
  ToPort: to,
  IpRanges: cidr === null ? [] : [{ CidrIp: cidr }],
  UserIdGroupPairs: peer === null ? [] : [{ GroupId: peer }]
});

const describeRules: Action<
  sdk.DescribeSecurityGroupRulesCommandInput,
  sdk.DescribeSecurityGroupRulesCommandOutput
> = (input, { world }) => {
  const groups = input.Filters?.find(({ Name: name }) => name === 'group-id')?.Values;
  const ids = input.SecurityGroupRuleIds;
  const all = [...world.rules.values()]
    .filter(({ group }) => groups?.includes(group) ?? true)
    .filter(({ id }) => ids?.includes(id) ?? true);
  const { items, next } = pageOf(world, all, input.NextToken, input.MaxResults ?? world.pageSize);
  return { NextToken: next, SecurityGroupRules: items.map(rule => ruleOut(world, rule)) };
};

const ruleOut = (world: World, rule: Rule): sdk.SecurityGroupRule => ({
  SecurityGroupRuleId: rule.id,
  GroupId: rule.group,
  GroupOwnerId: world.account,
  IsEgress: rule.egress,
  IpProtocol: rule.protocol,
  FromPort: rule.from,
  ToPort: rule.to,
  CidrIpv4: rule.cidr ?? undefined,
  ReferencedGroupInfo:
    rule.peer === null ? undefined : { GroupId: rule.peer, UserId: world.account },
  Description: rule.description ?? undefined,
  Tags: []
});

interface Revocation {
  readonly GroupId?: string | undefined;
  readonly SecurityGroupRuleIds?: string[] | undefined;
  readonly IpPermissions?: sdk.IpPermission[] | undefined;
}

const revoke =
  (egress: boolean) =>
  (input: Revocation, { world }: { readonly world: World }) => {
    const group = input.GroupId ?? '';
    if (!world.things.has(group)) throw notFound('AWS::EC2::SecurityGroup', group);
    const named = rulesOf(world, group).filter(rule => rule.egress === egress);
    const chosen = named.filter(
      rule =>
        input.SecurityGroupRuleIds?.includes(rule.id) ??
        input.IpPermissions?.some(permission => describes(permission, rule))
    );
    if (chosen.length === 0) {
      throw new ApiError(
        'InvalidPermission.NotFound',
        'The specified rule does not exist in this security group.'
      );
    }
    for (const { id } of chosen) world.rules.delete(id);
    return { Return: true };
  };

const describes = (permission: sdk.IpPermission, rule: Rule): boolean =>
  permission.IpProtocol === rule.protocol &&
  (permission.FromPort ?? -1) === rule.from &&
  (permission.ToPort ?? -1) === rule.to &&
  ((permission.UserIdGroupPairs ?? []).some(({ GroupId: id }) => id === rule.peer) ||
    (permission.IpRanges ?? []).some(({ CidrIp: cidr }) => cidr === rule.cidr));

const deleteGroup: Action<
  sdk.DeleteSecurityGroupCommandInput,
  sdk.DeleteSecurityGroupCommandOutput
> = ({ GroupId: id = '' }, { world }) => {
  const group = world.things.get(id);
  if (group === undefined) throw notFound('AWS::EC2::SecurityGroup', id);
  if (referringRule(group, world) !== null) {
    throw new ApiError('DependencyViolation', `resource ${id} has a dependent object`);
  }
  dropRulesOf(group, world);
  world.things.delete(id);
  return { Return: true, GroupId: id };
};

export const groupActions = {
  DescribeSecurityGroups: describeGroups,
  DescribeSecurityGroupRules: describeRules,
  RevokeSecurityGroupIngress: revoke(false),
  RevokeSecurityGroupEgress: revoke(true),
  DeleteSecurityGroup: deleteGroup
};
