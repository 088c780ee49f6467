import type { EC2, IpPermission } from '@aws-sdk/client-ec2';

/** Where a subnet sends what, such as `0.0.0.0/0` to `nat-0a`; without what stays in the VPC. */
export async function routesOf(
  ec2: EC2,
  subnet: string
): Promise<Readonly<Record<string, string>>> {
  const Filters = [{ Name: 'association.subnet-id', Values: [subnet] }];
  const { RouteTables = [] } = await ec2.describeRouteTables({ Filters });
  const routes = RouteTables.flatMap(table => table.Routes ?? []);
  const all = routes.map((route): [string, string] => [
    route.DestinationCidrBlock ?? route.DestinationPrefixListId ?? '',
    route.NatGatewayId ?? route.GatewayId ?? ''
  ]);
  return Object.fromEntries(all.filter(([, via]) => via !== 'local'));
}

/** Rules as texts: `tcp 9098-9098 sg-0a`. */
function ruleTexts(permissions: readonly IpPermission[]): readonly string[] {
  return permissions
    .flatMap(one => {
      const range = `${one.IpProtocol ?? ''} ${one.FromPort ?? 'all'}-${one.ToPort ?? 'all'}`;
      const who = [
        ...(one.IpRanges ?? []).map(({ CidrIp }) => CidrIp),
        ...(one.Ipv6Ranges ?? []).map(({ CidrIpv6 }) => CidrIpv6),
        ...(one.UserIdGroupPairs ?? []).map(({ GroupId }) => GroupId)
      ];
      return who.map(name => `${range} ${name ?? ''}`);
    })
    .sort();
}

export interface GroupRules {
  readonly vpc: string;
  readonly in: readonly string[];
  readonly out: readonly string[];
}

/** What a security group lets in and out. */
export async function rulesOf(ec2: EC2, group: string): Promise<GroupRules> {
  const { SecurityGroups = [] } = await ec2.describeSecurityGroups({ GroupIds: [group] });
  const [found] = SecurityGroups;
  return {
    vpc: found?.VpcId ?? '',
    in: ruleTexts(found?.IpPermissions ?? []),
    out: ruleTexts(found?.IpPermissionsEgress ?? [])
  };
}
