import type { SecurityGroupRule } from '@aws-sdk/client-ec2';
import type { AwsProbes } from '../../profile/doctor/port.ts';
import { asking } from '../control/errors.ts';
import { allPages } from '../control/pages.ts';
import { environmentStatus } from '../engine/status.ts';
import { OUTPUTS } from '../template/types.ts';
import { trustedServices } from './trust.ts';
import type { AwsServicesOptions } from './options.ts';
import type { AwsPlace } from './place.ts';
import { surroundingRegion } from './region.ts';

/** Who somebody is, is the same in all regions. */
const ANY_REGION = 'us-east-1';

/** What the checks of a target ask of AWS. */
export function createProbes(
  placeIn: (region: string) => AwsPlace,
  options: AwsServicesOptions
): AwsProbes {
  const anyPlace = async () => placeIn((await surroundingRegion()) ?? ANY_REGION);
  return {
    identity: async signal => (await anyPlace()).account.caller(signal),
    trustedServices: async (role, signal) =>
      trustedServices(role, await anyPlace(), options, signal),
    async closedPorts({ name, region }, ports, signal) {
      const place = placeIn(region);
      const { outputs } = await environmentStatus(name, place.world, signal);
      const kafka = outputs.net?.[OUTPUTS.net.kafkaGroup];
      const spark = outputs.net?.[OUTPUTS.net.sparkGroup];
      if (kafka === undefined || spark === undefined) return null;
      const rules = await rulesOf(kafka, place, signal);
      return ports.filter(port => !rules.some(rule => letsIn(rule, port, spark)));
    }
  };
}

function rulesOf(
  group: string,
  { clients, region }: AwsPlace,
  abortSignal: AbortSignal
): Promise<readonly SecurityGroupRule[]> {
  const call = { action: 'ec2:DescribeSecurityGroupRules', region, profile: clients.profile };
  return allPages(async NextToken => {
    const page = await asking(call, async () =>
      (await clients.ec2()).describeSecurityGroupRules(
        {
          Filters: [{ Name: 'group-id', Values: [group] }],
          ...(NextToken === undefined ? {} : { NextToken })
        },
        { abortSignal }
      )
    );
    return { items: page.SecurityGroupRules ?? [], next: page.NextToken };
  });
}

function letsIn(rule: SecurityGroupRule, port: number, peer: string): boolean {
  const { IsEgress, IpProtocol, FromPort = 0, ToPort = 0, ReferencedGroupInfo } = rule;
  if (IsEgress === true || ReferencedGroupInfo?.GroupId !== peer) return false;
  return IpProtocol === '-1' || (IpProtocol === 'tcp' && FromPort <= port && port <= ToPort);
}
