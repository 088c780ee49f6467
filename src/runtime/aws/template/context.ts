import { sizesOf, type Sizes } from '../environment/sizes.ts';
import type { EnvironmentSpec, Layer, Resolved } from '../environment/spec.ts';
import { environmentTags, tagList, type Tags } from './tags.ts';
import type { Value } from './types.ts';

/** What all parts of a template know. */
export interface LayerContext {
  readonly spec: EnvironmentSpec;
  readonly resolved: Resolved;
  readonly sizes: Sizes;
  readonly layer: Layer;
  readonly tags: Tags;
}

export function layerContext(
  spec: EnvironmentSpec,
  resolved: Resolved,
  layer: Layer
): LayerContext {
  return {
    spec,
    resolved,
    layer,
    sizes: sizesOf(spec.size),
    tags: environmentTags(spec, resolved, layer)
  };
}

/** The beginning of all names, and the name of the Kafka cluster. */
export function prefixOf(spec: Pick<EnvironmentSpec, 'name'>): string {
  return `headrace-${spec.name}`;
}

/** Tags of a resource, with the name that consoles show. */
export function tagsOf(context: LayerContext, what: string, more: Tags = {}): Value {
  return tagList({ Name: `${prefixOf(context.spec)}-${what}`, ...context.tags, ...more });
}

/** How many subnets Kafka and Spark are spread over. */
export function subnetCount({ spec, resolved }: LayerContext): number {
  return spec.vpc === 'new' ? resolved.zones.length : spec.vpc.subnets.length;
}

/** An ARN in the account and the region of the environment. */
export function arnOf(
  { resolved, spec }: Pick<LayerContext, 'resolved' | 'spec'>,
  service: string,
  resource: string
): string {
  return `arn:${resolved.partition}:${service}:${spec.region}:${resolved.account}:${resource}`;
}

/** A policy that AWS keeps. */
export function managedPolicy({ resolved }: Pick<LayerContext, 'resolved'>, name: string): string {
  return `arn:${resolved.partition}:iam::aws:policy/${name}`;
}
