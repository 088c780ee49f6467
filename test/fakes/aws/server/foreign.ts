import { arnOf, type Thing, type World } from './world/world.ts';

/** What others do in the account, behind the back of the stacks. */
export interface Foreign {
  /** A rule of one security group that names another, as EMR adds them; its id. */
  rule(rule: { group: string; peer: string; port?: number; egress?: boolean }): string;
  /** An interface endpoint, such as EMR 8 makes; its id. */
  endpoint(endpoint: { vpc: string; service: string; tags?: Record<string, string> }): string;
  /** A network interface that is left; its id. */
  networkInterface(card: {
    vpc: string;
    subnet: string;
    groups: readonly string[];
    description?: string;
    state?: 'in-use' | 'available';
  }): string;
  /** A security group, with the name that it has; its id. */
  securityGroup(group: { vpc: string; name: string; tags?: Record<string, string> }): string;
  /** An object in a bucket that is there. */
  object(bucket: string, key: string, body: string): void;
  /** A VPC that was there before; its id and those of its subnets, one in each zone. */
  vpc(): { readonly id: string; readonly subnets: readonly string[] };
}

interface NewThing {
  readonly type: string;
  readonly prefix: string;
  readonly resource: string;
  readonly properties: Thing['properties'];
  readonly tags?: Record<string, string> | undefined;
  readonly state?: string | undefined;
}

export function createForeign(world: World): Foreign {
  const add = (thing: NewThing): string => {
    const id = `${thing.prefix}-0${world.hex(16)}`;
    world.things.set(id, {
      type: thing.type,
      id,
      arn: arnOf(world, 'ec2', `${thing.resource}/${id}`),
      properties: thing.properties,
      tags: thing.tags ?? {},
      state: thing.state ?? 'available',
      createdAt: world.time.now()
    });
    return id;
  };
  return {
    rule: rule => addRule(world, rule),
    endpoint: ({ vpc, service, tags }) =>
      add({
        type: 'AWS::EC2::VPCEndpoint',
        prefix: 'vpce',
        resource: 'vpc-endpoint',
        properties: { VpcId: vpc, ServiceName: service, VpcEndpointType: 'Interface' },
        tags
      }),
    networkInterface: ({ vpc, subnet, groups, description = '', state }) =>
      add({
        type: 'AWS::EC2::NetworkInterface',
        prefix: 'eni',
        resource: 'network-interface',
        properties: { VpcId: vpc, SubnetId: subnet, GroupSet: groups, Description: description },
        state
      }),
    securityGroup: ({ vpc, name, tags }) =>
      add({
        type: 'AWS::EC2::SecurityGroup',
        prefix: 'sg',
        resource: 'security-group',
        properties: { VpcId: vpc, GroupName: name, GroupDescription: name },
        tags
      }),
    object(bucket, key, body) {
      const objects = world.objects.get(bucket);
      if (objects === undefined) throw new Error(`there is no bucket ${bucket}`);
      objects.set(key, {
        body: new Uint8Array(Buffer.from(body)),
        type: 'text/plain',
        modifiedAt: world.time.now()
      });
    },
    vpc: () => addVpc(world, add)
  };
}

function addRule(
  world: World,
  { group, peer, port = 8443, egress = false }: Parameters<Foreign['rule']>[0]
): string {
  const id = `sgr-0${world.hex(16)}`;
  const rule = { id, group, egress, protocol: 'tcp', from: port, to: port, cidr: null, peer };
  world.rules.set(id, { ...rule, description: null });
  return id;
}

function addVpc(world: World, add: (thing: NewThing) => string): ReturnType<Foreign['vpc']> {
  const id = add({
    type: 'AWS::EC2::VPC',
    prefix: 'vpc',
    resource: 'vpc',
    properties: { CidrBlock: '172.31.0.0/16' }
  });
  const subnets = world.zones.map((zone, index) =>
    add({
      type: 'AWS::EC2::Subnet',
      prefix: 'subnet',
      resource: 'subnet',
      properties: { VpcId: id, AvailabilityZone: zone, CidrBlock: `172.31.${index * 16}.0/20` }
    })
  );
  return { id, subnets };
}
