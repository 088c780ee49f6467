import { capabilitiesOf } from '../../emr/release.ts';
import { tagsOf, type LayerContext } from '../context.ts';
import { HTTPS_OUT, NOTHING_OUT, passage, securityGroup, type Passage } from '../net/rules.ts';
import { EMR_TAG } from '../tags.ts';
import { OUTPUTS, type Resource, type Value } from '../types.ts';
import { attribute, ref, type Resources } from '../values.ts';

const GROUPS = { primary: 'PrimaryGroup', core: 'CoreGroup', service: 'ServiceGroup' } as const;
type Group = keyof typeof GROUPS;

const idOf = (group: Group): Value => attribute(GROUPS[group], 'GroupId');

function group(context: LayerContext, description: string, what: string, out: Value): Resource {
  const tags = tagsOf(context, what, EMR_TAG);
  return securityGroup(ref(OUTPUTS.net.vpc), description, out, tags);
}

/** Nodes open ports among themselves as they like. */
function amongNodes(from: Group, to: Group): Resources {
  const protocols = ['tcp', 'udp', 'icmp'] as const;
  const name = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
  const rules = protocols.map(protocol =>
    passage(`${name(from)}To${name(to)}${name(protocol)}`, {
      from: idOf(from),
      to: idOf(to),
      protocol,
      ports: null,
      why: 'Nodes of the cluster among themselves'
    })
  );
  return Object.assign({}, ...rules) as Resources;
}

/** EMR steers nodes that have no public address through an interface in the VPC; since release 8 with HTTPS alone. */
function control(context: LayerContext): Resources {
  const isNew = capabilitiesOf(context.spec.release).scala === '2.13';
  const one = (from: Group, to: Group, port: number, why: string): Passage => ({
    from: idOf(from),
    to: idOf(to),
    protocol: 'tcp',
    ports: [port, port],
    why
  });
  const steer = isNew ? 443 : 8443;
  const report = isNew ? 443 : 9443;
  return {
    ...passage('ServiceToPrimary', one('service', 'primary', steer, 'EMR steers the cluster')),
    ...passage('ServiceToCore', one('service', 'core', steer, 'EMR steers the cluster')),
    ...passage('PrimaryToService', one('primary', 'service', report, 'The cluster reports to EMR'))
  };
}

/** Whether EMR reaches the nodes from inside the VPC. */
export function hasServiceGroup({ spec }: Pick<LayerContext, 'spec'>): boolean {
  return spec.subnets === 'private';
}

/**
 * The groups that EMR manages, with every rule that it would add itself: what it adds, CloudFormation does not know, and
 * cannot delete. https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-man-sec-groups.html
 */
export function emrGroups(context: LayerContext): { groups: Resources; rules: Resources } {
  const isPrivate = hasServiceGroup(context);
  return {
    groups: {
      PrimaryGroup: group(context, 'Primary node of EMR', 'emr-primary', HTTPS_OUT),
      CoreGroup: group(context, 'Core and task nodes of EMR', 'emr-core', HTTPS_OUT),
      ...(isPrivate
        ? { ServiceGroup: group(context, 'EMR itself', 'emr-service', NOTHING_OUT) }
        : {})
    },
    rules: {
      ...amongNodes('primary', 'primary'),
      ...amongNodes('primary', 'core'),
      ...amongNodes('core', 'primary'),
      ...amongNodes('core', 'core'),
      ...(isPrivate ? control(context) : {})
    }
  };
}

/** The groups, as a cluster takes them; that of Spark is the one that may reach the brokers. */
export function clusterGroups(context: LayerContext): Record<string, Value> {
  const spark = [ref(OUTPUTS.net.sparkGroup)];
  return {
    EmrManagedMasterSecurityGroup: idOf('primary'),
    EmrManagedSlaveSecurityGroup: idOf('core'),
    ...(hasServiceGroup(context) ? { ServiceAccessSecurityGroup: idOf('service') } : {}),
    AdditionalMasterSecurityGroups: spark,
    AdditionalSlaveSecurityGroups: spark
  };
}
