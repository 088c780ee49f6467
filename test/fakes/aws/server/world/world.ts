import { createHash } from 'node:crypto';
import type { ChangeSet, Stack } from '../cloudformation/stack.ts';
import type { JobRun, Step } from './jobs.ts';
import type { Time } from './time.ts';
import type { TopicStore } from './topics.ts';

/** Anything that stands in the account: made by a stack, by a call, or put there by a test. */
export interface Thing {
  /** As CloudFormation says it, such as `AWS::EC2::VPC`. */
  readonly type: string;
  /** Its physical id: what `Ref` gives. */
  readonly id: string;
  readonly arn: string | null;
  /** Those of a template, resolved. */
  properties: Readonly<Record<string, unknown>>;
  tags: Readonly<Record<string, string>>;
  /** As its service says it. */
  state: string;
  readonly createdAt: number;
  /** Of a Kafka cluster, once its service was asked for it: no template has it, so no update of a stack takes it away. */
  publicAccess?: string;
}

/** A rule of a security group. */
export interface Rule {
  readonly id: string;
  readonly group: string;
  readonly egress: boolean;
  readonly protocol: string;
  readonly from: number;
  readonly to: number;
  readonly cidr: string | null;
  /** The other security group. */
  readonly peer: string | null;
  readonly description: string | null;
}

export interface StoredObject {
  readonly body: Uint8Array;
  readonly type: string;
  readonly modifiedAt: number;
}

export interface ResourceFailure {
  readonly logicalId: string;
  readonly reason: string;
  readonly on: 'create' | 'update' | 'delete';
  times: number;
}

export interface Operation {
  readonly cluster: string;
  readonly type: string;
  readonly startedAt: number;
  endedAt: number | null;
}

export interface Ending {
  readonly succeeded: boolean;
  readonly reason: string;
}

export interface Work {
  readonly type: string;
  readonly verb: 'create' | 'update' | 'delete';
  readonly thing: Thing;
}

/** All that the server knows. One world belongs to one server. */
export interface World {
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  readonly zones: readonly string[];
  readonly time: Time;
  /** What the bootstrap calls of each Kafka cluster answer. */
  readonly brokers: readonly string[];
  /** Whether they encrypt; the bootstrap calls name no other listener than those that there are. */
  readonly brokersSpeakTls: boolean;
  readonly topics: TopicStore;
  /** What MSK and EMR can make here. */
  readonly kafkaVersions: readonly string[];
  readonly releases: readonly string[];
  /** Size of a page of each listing. */
  readonly pageSize: number;
  /** By {@link thingKey}. */
  readonly things: Map<string, Thing>;
  readonly rules: Map<string, Rule>;
  /** By id. */
  readonly stacks: Map<string, Stack>;
  readonly changeSets: Map<string, ChangeSet>;
  /** Objects of each bucket by key. */
  readonly objects: Map<string, Map<string, StoredObject>>;
  readonly jobRuns: Map<string, JobRun>;
  readonly steps: Map<string, Step>;
  /** Of Kafka clusters, by ARN. */
  readonly operations: Map<string, Operation>;
  /** What a test said of jobs and steps, by name: how they end. */
  readonly endings: Map<string, Ending>;
  /** EMR clusters that ended by themselves, by id. */
  readonly clusterEnds: Map<string, { readonly at: number; readonly reason: string }>;
  readonly failures: ResourceFailure[];
  /** What CloudFormation did, with the rights of whom it works for. */
  readonly worked: Work[];
  /** The next unused text of so many hexadecimal digits; the same in each run. */
  hex(digits: number): string;
}

/** A counter whose texts look like those of AWS. */
export function createHex(): World['hex'] {
  let serial = 0;
  return digits => {
    serial += 1;
    return createHash('sha256').update(`thing ${serial}`).digest('hex').slice(0, digits);
  };
}

export function uuid(world: World): string {
  const [a, b, c, d, e] = [8, 4, 4, 4, 12].map(digits => world.hex(digits));
  return `${String(a)}-${String(b)}-${String(c)}-${String(d)}-${String(e)}`;
}

export const arnOf = (world: World, service: string, resource: string): string =>
  `arn:${world.partition}:${service}:${world.region}:${world.account}:${resource}`;

/** The physical id; that of an instance profile is its name, and a role may have the same. */
export const thingKey = (type: string, id: string): string =>
  type === 'AWS::IAM::InstanceProfile' ? `instance-profile/${id}` : id;

export const thingOf = (world: World, type: string, id: string | null): Thing | undefined =>
  world.things.get(thingKey(type, id ?? ''));

export const thingsOf = (world: World, type: string): readonly Thing[] =>
  [...world.things.values()].filter(thing => thing.type === type);

/** A property that is a text; empty where there is none. */
export function textOf(thing: Thing, name: string): string {
  const value = thing.properties[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

export function listOf(thing: Thing, name: string): readonly string[] {
  const value = thing.properties[name];
  return Array.isArray(value) ? value.map(String) : [];
}

/** A property that is an object; empty where there is none. */
export function objectIn(
  properties: Readonly<Record<string, unknown>>,
  ...names: readonly string[]
): Readonly<Record<string, unknown>> {
  const [name, ...more] = names;
  if (name === undefined) return properties;
  const value = properties[name];
  return typeof value === 'object' && value !== null
    ? objectIn(value as Readonly<Record<string, unknown>>, ...more)
    : {};
}

/** Templates write booleans and numbers as texts, too. */
export const isTrue = (value: unknown): boolean => value === true || value === 'true';
