import type { NetworkInterface, SecurityGroupRule } from '@aws-sdk/client-ec2';
import type { AwsClients } from '../../control/clients.ts';
import { asking, isNotFound } from '../../control/errors.ts';
import { hourlyCost, type CostPart } from '../../cost/hourly-cost.ts';
import type { PriceTable } from '../../cost/price-table.ts';
import type { Leftover } from '../../environments-port.ts';
import { TAGS } from '../../environment/spec.ts';
import { ec2Of, type AskEc2 } from './ask-ec2.ts';
import { endpointParts } from './cost-parts.ts';
import { balancerOf, balancersIn, howToDelete } from './load-balancers.ts';
import { endpointsIn, groupsIn, interfacesOf } from './network.ts';
import type { LeftoverFinder, OwnNetwork } from './port.ts';
import { rulesNaming } from './security-rules.ts';
import { costOfStanding, parseArn } from './still-there.ts';

/** What is left, with the parts of its price instead of the price. */
interface Found extends Omit<Leftover, 'perHour'> {
  readonly parts: readonly CostPart[];
}

function found(what: string, id: string, why: string, parts: readonly CostPart[] = []): Found {
  return { what, id, why, parts };
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
  const left: Found[] = [];
  for (const arn of await tagged(clients, environment, signal)) {
    const parts = await costOfStanding(clients, arn, signal);
    if (parts === null) continue;
    const what = arn.kind === '' ? arn.service : `${arn.service} ${arn.kind}`;
    left.push(found(what, arn.id, `it has the tag ${TAGS.environment}=${environment}`, parts));
  }
  return left;
}

function interfaceWhy(one: NetworkInterface): string {
  const user = one.Description ?? one.RequesterId ?? 'something';
  return one.Status === 'in-use' ? `in use: ${user}` : `left by ${user}`;
}

/** Interfaces, and in place of those of a load balancer the balancer itself: they go with it. */
function interfacesFound(interfaces: readonly NetworkInterface[], region: string): Found[] {
  const others = interfaces.filter(one => balancerOf(one) === null);
  return [
    ...balancersIn(interfaces).map(({ id, parts }) =>
      found('load balancer', id, `it is in our network: ${howToDelete(id, region)}`, parts)
    ),
    ...others.map(one =>
      found('network interface', one.NetworkInterfaceId ?? '', interfaceWhy(one))
    )
  ];
}

function ruleFound(rule: SecurityGroupRule): Found {
  const peer = rule.ReferencedGroupInfo?.GroupId ?? 'our group';
  return found(
    'a rule in a security group of somebody else',
    `${rule.GroupId ?? ''}/${rule.SecurityGroupRuleId ?? ''}`,
    `it names ${peer}, which cannot be deleted before that rule is`
  );
}

interface Scene {
  readonly ask: AskEc2;
  readonly region: string;
  readonly network: OwnNetwork;
}

/** What is in the VPC that we made; nothing where the VPC itself is gone. */
async function inOwnVpc({ ask, region, network }: Scene, vpc: string, signal: AbortSignal) {
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
    found('VPC', vpc, 'it was made for the environment and is still there'),
    ...endpoints.map(one => {
      const why = `for ${one.ServiceName ?? 'a service'}`;
      return found('VPC endpoint', one.VpcEndpointId ?? '', why, endpointParts(one));
    }),
    ...interfacesFound(interfaces, region),
    ...groups.map(one =>
      found('security group', one.GroupId ?? '', `${one.GroupName ?? ''} in our VPC`)
    )
  ];
}

/** What still uses our security groups in the VPC of somebody else. */
async function aroundGroups({ ask, region, network }: Scene, signal: AbortSignal) {
  const rules = await rulesNaming(ask, network.groups, signal);
  const interfaces = await interfacesOf(ask, network, signal);
  return [...rules.map(ruleFound), ...interfacesFound(interfaces, region)];
}

/** The first of each: what the network tells knows more than the tag. */
function distinct(left: readonly Found[]): readonly Found[] {
  const byId = new Map<string, Found>();
  for (const one of left) if (!byId.has(one.id)) byId.set(one.id, one);
  return [...byId.values()];
}

/**
 * Looks for what has the tag of an environment, and for what is left in its network. The list of tags runs behind and is
 * checked by asking each service; `prices` tells what each thing costs, as far as it has that. https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/
 */
export function awsLeftovers(clients: AwsClients, prices: PriceTable): LeftoverFinder {
  const { region } = clients;
  const priced = ({ parts, ...one }: Found): Leftover => ({
    ...one,
    perHour: hourlyCost(prices, region, parts)
  });
  return {
    async find(environment, network, signal) {
      const scene = { ask: ec2Of(clients), region, network };
      const around =
        network.vpc === null
          ? await aroundGroups(scene, signal)
          : await inOwnVpc(scene, network.vpc, signal);
      return distinct([...around, ...(await byTag(clients, environment, signal))]).map(priced);
    }
  };
}
