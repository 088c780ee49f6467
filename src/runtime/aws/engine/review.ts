import type { OpenedRule, PolicyStatement } from '../environments-port.ts';
import type { Resource, Value } from '../template/types.ts';
import { isFields, listOf, renderValue } from './render-value.ts';

type Fields = Readonly<Record<string, Value>>;

function fields(value: Value | undefined): Fields {
  return isFields(value) ? value : {};
}

/** `9098`, `9094-9098` or `all`. */
function portsOf(rule: Fields): string {
  const from = renderValue(rule['FromPort']);
  const to = renderValue(rule['ToPort']);
  if (from === '' || from === '-1' || (from === '0' && to === '65535')) return 'all';
  return to === '' || to === from ? from : `${from}-${to}`;
}

const PEERS = [
  'CidrIp',
  'CidrIpv6',
  'SourceSecurityGroupId',
  'DestinationSecurityGroupId',
  'SourcePrefixListId',
  'DestinationPrefixListId'
];

function opened(group: string, direction: OpenedRule['direction'], rule: Fields): OpenedRule {
  const protocol = renderValue(rule['IpProtocol']);
  const peer = PEERS.map(name => rule[name]).find(value => value !== undefined);
  return {
    group,
    direction,
    protocol: protocol === '-1' ? 'all' : protocol,
    ports: portsOf(rule),
    peer: renderValue(peer),
    why: renderValue(rule['Description'])
  };
}

function rulesOf(logicalId: string, resource: Resource): OpenedRule[] {
  const properties = resource.Properties ?? {};
  const inline = (name: string, direction: OpenedRule['direction']) =>
    listOf(properties[name]).map(rule => opened(logicalId, direction, fields(rule)));
  const group = renderValue(properties['GroupId']).replace(/\.GroupId$/, '');
  if (resource.Type === 'AWS::EC2::SecurityGroup')
    return [...inline('SecurityGroupIngress', 'in'), ...inline('SecurityGroupEgress', 'out')];
  if (resource.Type === 'AWS::EC2::SecurityGroupIngress') return [opened(group, 'in', properties)];
  if (resource.Type === 'AWS::EC2::SecurityGroupEgress') return [opened(group, 'out', properties)];
  return [];
}

function statements(role: string, document: Value | undefined): PolicyStatement[] {
  return listOf(fields(document)['Statement']).map(statement => {
    const of = fields(statement);
    return {
      role,
      effect: of['Effect'] === 'Deny' ? 'Deny' : 'Allow',
      actions: listOf(of['Action'] ?? of['NotAction']).map(renderValue),
      resources: listOf(of['Resource'] ?? of['NotResource']).map(renderValue)
    };
  });
}

/** A policy that AWS keeps, as a statement: what it allows is written at AWS. */
function managed(role: string, arns: Value | undefined): PolicyStatement[] {
  const named = listOf(arns).map(renderValue);
  if (named.length === 0) return [];
  return [{ role, effect: 'Allow', actions: named, resources: ['as that policy says'] }];
}

function policiesOf(logicalId: string, resource: Resource): PolicyStatement[] {
  const properties = resource.Properties ?? {};
  const roles = listOf(properties['Roles']).map(renderValue).join(', ') || logicalId;
  switch (resource.Type) {
    case 'AWS::IAM::Role':
      return [
        ...listOf(properties['Policies']).flatMap(policy =>
          statements(logicalId, fields(policy)['PolicyDocument'])
        ),
        ...managed(logicalId, properties['ManagedPolicyArns'])
      ];
    case 'AWS::IAM::Policy':
    case 'AWS::IAM::ManagedPolicy':
      return statements(roles, properties['PolicyDocument']);
    case 'AWS::S3::BucketPolicy':
    case 'AWS::MSK::ClusterPolicy':
      return statements(logicalId, properties['PolicyDocument'] ?? properties['Policy']);
    default:
      return [];
  }
}

/** The security rules and policy statements of those resources of a template that are made or changed. */
export function review(
  resources: Readonly<Record<string, Resource>>,
  changed: ReadonlySet<string>
) {
  const entries = Object.entries(resources).filter(([logicalId]) => changed.has(logicalId));
  return {
    rules: entries.flatMap(([logicalId, resource]) => rulesOf(logicalId, resource)),
    statements: entries.flatMap(([logicalId, resource]) => policiesOf(logicalId, resource))
  };
}
