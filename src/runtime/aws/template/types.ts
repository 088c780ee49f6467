import type { Layer } from '../environment/spec.ts';

/** A value of a template: literal, or an intrinsic function such as `{ Ref: … }`. */
export type Value =
  string | number | boolean | null | readonly Value[] | { readonly [name: string]: Value };

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/resources-section-structure.html */
export interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, Value>>;
  readonly DependsOn?: string | readonly string[];
  readonly DeletionPolicy?: 'Delete' | 'Retain' | 'RetainExceptOnCreate';
  readonly UpdateReplacePolicy?: 'Delete' | 'Retain';
  readonly CreationPolicy?: Readonly<Record<string, Value>>;
  readonly Metadata?: Readonly<Record<string, Value>>;
}

export interface TemplateParameter {
  readonly Type: string;
  readonly Description: string;
  readonly Default?: string;
}

export interface Template {
  readonly AWSTemplateFormatVersion: '2010-09-09';
  readonly Description: string;
  readonly Parameters?: Readonly<Record<string, TemplateParameter>>;
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs?: Readonly<
    Record<string, { readonly Description: string; readonly Value: Value }>
  >;
}

/** Where the value of a parameter comes from when a stack is made: an output of an earlier layer. */
export interface ParameterSource {
  readonly layer: Layer;
  readonly output: string;
}

/** One stack of an environment, ready for a change set. */
export interface StackPlan {
  readonly layer: Layer;
  readonly name: string;
  readonly template: Template;
  readonly parameters: Readonly<Record<string, ParameterSource>>;
  readonly tags: Readonly<Record<string, string>>;
}

/** Outputs that the layers promise each other and the runtime; a template lists those that it has. */
export const OUTPUTS = {
  net: {
    vpc: 'VpcId',
    /** Comma-separated. */
    subnets: 'SubnetIds',
    /** Comma-separated; a network of its own with private subnets has them for the NAT gateway and the bastion. */
    publicSubnets: 'PublicSubnetIds',
    kafkaGroup: 'KafkaSecurityGroupId',
    sparkGroup: 'SparkSecurityGroupId',
    bucket: 'BucketName'
  },
  kafka: { cluster: 'ClusterArn', brokers: 'Brokers' },
  spark: {
    application: 'ApplicationId',
    cluster: 'ClusterId',
    virtualCluster: 'VirtualClusterId',
    executionRole: 'ExecutionRoleArn'
  }
} as const;
