import { TAGS, type EnvironmentSpec, type Layer, type Resolved } from '../environment/spec.ts';
import type { Value } from './types.ts';

export type Tags = Readonly<Record<string, string>>;

/**
 * EMR's own policy for its service role works on what has this tag only: subnets, groups and clusters.
 * https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-managed-iam-policies.html
 */
export const EMR_TAG: Tags = { 'for-use-with-amazon-emr-managed-policies': 'true' };

/**
 * The tags of a layer, for its stack and for all that is in it. An MSK Serverless cluster is made anew when its tags
 * change (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-msk-serverlesscluster.html), and
 * tags of a stack are passed on to its resources: that layer does not say when it ends, the others do.
 */
export function environmentTags(
  spec: Pick<EnvironmentSpec, 'name' | 'kafka'>,
  resolved: Pick<Resolved, 'owner' | 'notebook' | 'expiresAt'>,
  layer: Layer
): Tags {
  const fixed = layer === 'kafka' && spec.kafka === 'msk-serverless';
  return {
    [TAGS.environment]: spec.name,
    [TAGS.layer]: layer,
    [TAGS.owner]: resolved.owner,
    [TAGS.notebook]: resolved.notebook,
    ...(fixed ? {} : { [TAGS.expiresAt]: new Date(resolved.expiresAt).toISOString() })
  };
}

/** Tags that do not change while the environment lives. */
export function lastingTags(tags: Tags): Tags {
  return Object.fromEntries(Object.entries(tags).filter(([name]) => name !== TAGS.expiresAt));
}

/** As most resources take them. */
export function tagList(tags: Tags): Value {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}
