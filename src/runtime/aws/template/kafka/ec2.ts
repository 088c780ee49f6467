import { createHash } from 'node:crypto';
import { hasBastion } from '../../environment/sizes.ts';
import { prefixOf, subnetCount, tagsOf, type LayerContext } from '../context.ts';
import { CONTROLLER_PORT, PLAIN_PORT } from '../ports.ts';
import { OUTPUTS, type Resource, type Value } from '../types.ts';
import {
  attribute,
  join,
  merge,
  pick,
  ref,
  text,
  type Fragment,
  type Resources
} from '../values.ts';
import { bastion } from './bastion.ts';
import { BROKER_SCRIPT } from './install-script.ts';
import { machine, machineRole, machineTemplate, userData, volume } from './machine.ts';

const nodeId = (index: number) => `Broker${index + 1}`;
const interfaceId = (index: number) => `${nodeId(index)}Interface`;

/** The address of a broker, known before there is a machine, so that all can be told who votes. */
const addressOf = (index: number): Value =>
  attribute(interfaceId(index), 'PrimaryPrivateIpAddress');

/**
 * The identity that the machines write into their logs: the same for all of one environment. The first bit is off, as
 * tools take a leading hyphen for an option.
 */
export function kraftClusterId({
  spec,
  resolved
}: Pick<LayerContext, 'spec' | 'resolved'>): string {
  const name = `${resolved.account}/${spec.region}/${spec.name}`;
  const bytes = createHash('sha256').update(name).digest().subarray(0, 16);
  bytes.writeUInt8(bytes.readUInt8(0) & 0x7f, 0);
  return bytes.toString('base64url');
}

function networkInterface(context: LayerContext, index: number): Resource {
  return {
    Type: 'AWS::EC2::NetworkInterface',
    Properties: {
      Description: `${prefixOf(context.spec)} broker ${index + 1}`,
      SubnetId: pick(index % subnetCount(context), ref(OUTPUTS.net.subnets)),
      GroupSet: [ref(OUTPUTS.net.kafkaGroup)],
      Tags: tagsOf(context, `broker-${index + 1}`)
    }
  };
}

/** An interface that was there before its machine gets no public address by itself. */
function publicAddress(context: LayerContext, index: number): Resources {
  const id = nodeId(index);
  return {
    [`${id}Address`]: {
      Type: 'AWS::EC2::EIP',
      Properties: { Domain: 'vpc', Tags: tagsOf(context, `broker-${index + 1}`) }
    },
    [`${id}AddressUse`]: {
      Type: 'AWS::EC2::EIPAssociation',
      Properties: {
        AllocationId: attribute(`${id}Address`, 'AllocationId'),
        NetworkInterfaceId: ref(interfaceId(index))
      }
    }
  };
}

function variables(context: LayerContext, index: number): Readonly<Record<string, Value>> {
  const { count } = context.sizes.kafkaOnEc2;
  const voters = Array.from({ length: count }, (_, other) =>
    text(`${other + 1}@`, addressOf(other), `:${CONTROLLER_PORT}`)
  );
  return {
    NODE: String(index + 1),
    NODES: String(count),
    ADDRESS: addressOf(index),
    VOTERS: join(',', voters),
    COPIES: String(Math.min(count, 3)),
    IN_SYNC: String(Math.max(1, Math.min(count, 3) - 1)),
    CLUSTER: kraftClusterId(context)
  };
}

function broker(context: LayerContext, index: number): Resources {
  const size = context.sizes.kafkaOnEc2;
  const id = nodeId(index);
  const isPublic = context.spec.subnets === 'public';
  const instance = machine(context, {
    what: `broker-${index + 1}`,
    instanceType: size.instanceType,
    profile: 'BrokerProfile',
    networkInterface: { DeviceIndex: '0', NetworkInterfaceId: ref(interfaceId(index)) },
    volumes: [volume('/dev/xvda', size.rootGiB), volume('/dev/sdf', size.storageGiB)],
    userData: userData(context, id, variables(context, index), BROKER_SCRIPT)
  });
  return {
    [interfaceId(index)]: networkInterface(context, index),
    ...(isPublic ? publicAddress(context, index) : {}),
    [id]: { ...instance, ...(isPublic ? { DependsOn: `${id}AddressUse` } : {}) }
  };
}

/** Kafka on machines of one's own, each of them broker and controller; all begin at once, as they need each other. */
export function kafkaOnEc2(context: LayerContext): Fragment {
  const nodes = Array.from({ length: context.sizes.kafkaOnEc2.count }, (_, index) => index);
  const brokers: Fragment = {
    resources: {
      MachineTemplate: machineTemplate(context),
      ...machineRole(context, 'Broker'),
      ...Object.fromEntries(nodes.flatMap(index => Object.entries(broker(context, index))))
    },
    outputs: {
      [OUTPUTS.kafka.brokers]: {
        Description: 'Brokers to begin with',
        Value: join(
          ',',
          nodes.map(index => text(addressOf(index), `:${PLAIN_PORT}`))
        )
      }
    },
    inputs: [OUTPUTS.net.subnets, OUTPUTS.net.kafkaGroup, OUTPUTS.net.bucket]
  };
  return hasBastion(context.spec) ? merge(brokers, bastion(context)) : brokers;
}
