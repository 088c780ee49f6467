import { isRecord, textIn } from '../wire/checked.ts';
import type { Rule, Thing, World } from '../world/world.ts';

/** Rules of security groups: https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html */
export function addOwnRule(thing: Thing, world: World, egress: boolean): void {
  const rule = ruleOf(thing.properties, egress, thing.id, String(thing.properties['GroupId']));
  world.rules.set(rule.id, rule);
}

/** Those that are written in the group itself; without any for egress, everything may go out. */
export function addRulesOf(group: Thing, world: World): void {
  const add = (properties: object, egress: boolean): void => {
    const id = `sgr-0${world.hex(16)}`;
    world.rules.set(id, ruleOf(properties, egress, id, group.id));
  };
  const { SecurityGroupIngress: ingress, SecurityGroupEgress: egress } = group.properties;
  for (const each of objects(ingress)) add(each, false);
  const out = objects(egress);
  const all = { IpProtocol: '-1', CidrIp: '0.0.0.0/0' };
  for (const each of out.length === 0 ? [all] : out) add(each, true);
}

export function dropRulesOf(group: Thing, world: World): void {
  for (const rule of world.rules.values()) if (rule.group === group.id) world.rules.delete(rule.id);
}

/** A rule of another group that names this one: as long as it is there, the group cannot go. */
export function referringRule(group: Thing, world: World): Rule | null {
  const rules = [...world.rules.values()];
  return rules.find(rule => rule.peer === group.id && rule.group !== group.id) ?? null;
}

function ruleOf(properties: object, egress: boolean, id: string, group: string): Rule {
  const given = properties as Readonly<Record<string, unknown>>;
  const text = (name: string): string | null => {
    const value = given[name];
    return value === undefined ? null : textIn(value);
  };
  return {
    id,
    group,
    egress,
    protocol: text('IpProtocol') ?? '-1',
    from: Number(text('FromPort') ?? -1),
    to: Number(text('ToPort') ?? -1),
    cidr: text('CidrIp'),
    peer: text(egress ? 'DestinationSecurityGroupId' : 'SourceSecurityGroupId'),
    description: text('Description')
  };
}

const objects = (value: unknown): readonly object[] =>
  Array.isArray(value) ? value.filter(isRecord) : [];
