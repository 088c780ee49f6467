import type { NetworkInterface, SecurityGroupRule } from '@aws-sdk/client-ec2';
import type { AwsClients } from '../../control/clients.ts';
import { asking, isNotFound } from '../../control/errors.ts';
import type { Leftover } from '../../environments-port.ts';
import { TAGS } from '../../environment/spec.ts';
import { ec2Of, type AskEc2 } from './ask-ec2.ts';
import { endpointsIn, groupsIn, interfacesOf } from './network.ts';
import type { LeftoverFinder, OwnNetwork } from './port.ts';
import { rulesNaming } from './security-rules.ts';
import { isStillThere, parseArn } from './still-there.ts';

function leftover(what: string, id: string, why: string): Leftover {
  return { what, id, why, perHour: null };
}

/** ARNs with the tag of the environment. Stacks are told by the engine, which knows why they are left. */
async function tagged(clients: AwsClients, environment: string, abortSignal: AbortSignal) {
  const { region, profile } = clients;
  const arns: string[] = [];
  for (let PaginationToken: string | undefined; ;) {
    const input = { TagFilters: [{ Key: TAGS.environment, Values: [environment] }] };
    const page = await asking({ action: 'tag:GetResources', region, profile }, async () =>
      (await clients.tagging()).getResources(
        PaginationToken === undefined ? input : { ...input, PaginationToken },
        { abortSignal }
      )
    );
    arns.push(...(page.ResourceTagMappingList ?? []).flatMap(one => one.ResourceARN ?? []));
    PaginationToken = page.PaginationToken;
    if (PaginationToken === undefined || PaginationToken === '') break;
  }
  return arns.map(parseArn).filter(arn => arn.service !== 'cloudformation');
}

async function byTag(clients: AwsClients, environment: string, signal: AbortSignal) {
  const left: Leftover[] = [];
  for (const arn of await tagged(clients, environment, signal))
    if (await isStillThere(clients, arn, signal)) {
      const what = arn.kind === '' ? arn.service : `${arn.service} ${arn.kind}`;
      left.push(leftover(what, arn.id, `it has the tag ${TAGS.environment}=${environment}`));
    }
  return left;
}

/** Whose an interface is; load balancers write their names into its description. */
function interfaceWhy(one: NetworkInterface): string {
  const balancer = /^ELB (\S+)/.exec(one.Description ?? '')?.[1];
  if (balancer !== undefined) return `the load balancer ${balancer} uses it: delete that`;
  const user = one.Description ?? one.RequesterId ?? 'something';
  return one.Status === 'in-use' ? `in use: ${user}` : `left by ${user}`;
}

function ruleLeftover(rule: SecurityGroupRule): Leftover {
  const peer = rule.ReferencedGroupInfo?.GroupId ?? 'our group';
  return leftover(
    'a rule in a security group of somebody else',
    `${rule.GroupId ?? ''}/${rule.SecurityGroupRuleId ?? ''}`,
    `it names ${peer}, which cannot be deleted before that rule is`
  );
}

/** What is in the VPC that we made; nothing where the VPC itself is gone. */
async function inOwnVpc(ask: AskEc2, vpc: string, network: OwnNetwork, signal: AbortSignal) {
  try {
    await ask('DescribeVpcs', ec2 => ec2.describeVpcs({ VpcIds: [vpc] }, { abortSignal: signal }));
  } catch (error) {
    if (isNotFound(error)) return [];
    throw error;
  }
  const endpoints = await endpointsIn(ask, vpc, signal);
  const groups = await groupsIn(ask, vpc, signal);
  const interfaces = await interfacesOf(ask, network, signal);
  return [
    leftover('VPC', vpc, 'it was made for the environment and is still there'),
    ...endpoints.map(one =>
      leftover('VPC endpoint', one.VpcEndpointId ?? '', `for ${one.ServiceName ?? 'a service'}`)
    ),
    ...interfaces.map(one =>
      leftover('network interface', one.NetworkInterfaceId ?? '', interfaceWhy(one))
    ),
    ...groups.map(one =>
      leftover('security group', one.GroupId ?? '', `${one.GroupName ?? ''} in our VPC`)
    )
  ];
}

/** What still uses our security groups in the VPC of somebody else. */
async function aroundGroups(ask: AskEc2, network: OwnNetwork, signal: AbortSignal) {
  const rules = await rulesNaming(ask, network.groups, signal);
  const interfaces = await interfacesOf(ask, network, signal);
  return [
    ...rules.map(ruleLeftover),
    ...interfaces.map(one =>
      leftover('network interface', one.NetworkInterfaceId ?? '', interfaceWhy(one))
    )
  ];
}

/** The first of each: what the network tells knows more than the tag. */
function distinct(left: readonly Leftover[]): readonly Leftover[] {
  const byId = new Map<string, Leftover>();
  for (const one of left) if (!byId.has(one.id)) byId.set(one.id, one);
  return [...byId.values()];
}

/**
 * Looks for what has the tag of an environment, and for what is left in its network. The list of tags runs behind and is
 * checked by asking each service. https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/
 */
export function awsLeftovers(clients: AwsClients): LeftoverFinder {
  const ask = ec2Of(clients);
  return {
    async find(environment, network, signal) {
      const around =
        network.vpc === null
          ? await aroundGroups(ask, network, signal)
          : await inOwnVpc(ask, network.vpc, network, signal);
      return distinct([...around, ...(await byTag(clients, environment, signal))]);
    }
  };
}
