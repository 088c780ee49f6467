import type { StackResourceView } from '../../control/port.ts';
import type { Leftover } from '../../environments-port.ts';
import type { Layer } from '../../environment/spec.ts';

/** What is about to be deleted. */
export interface CleaningScene {
  readonly environment: string;
  readonly layer: Layer;
  /** Of the stack of this layer. */
  readonly resources: readonly StackResourceView[];
  readonly network: OwnNetwork;
  /** CloudFormation has tried, and failed: now everything that may be in the way is removed. */
  readonly thorough: boolean;
}

/** The network of an environment, read before its stacks are gone. */
export interface OwnNetwork {
  /** The VPC that the environment made; null where it lives in somebody else's. */
  readonly vpc: string | null;
  /** Physical ids of everything in the stacks. */
  readonly declared: ReadonlySet<string>;
  /** Security groups that the environment made. */
  readonly groups: readonly string[];
}

/** Removes what a service, or a running program, put in the way of the deletion of a stack. Safe to repeat. */
export interface Cleaner {
  /** What it removes, after “cleaning”. */
  readonly what: string;
  readonly layers: readonly Layer[];
  /** Gives what it did, one sentence each. */
  clean(scene: CleaningScene, signal: AbortSignal): Promise<readonly string[]>;
}

/** Looks for what is left of an environment besides its stacks. */
export interface LeftoverFinder {
  find(environment: string, network: OwnNetwork, signal: AbortSignal): Promise<readonly Leftover[]>;
}

/** Physical ids of the resources of a type that exist. */
export function physicalIds(
  resources: readonly StackResourceView[],
  type: string
): readonly string[] {
  return resources
    .filter(one => one.type === type && one.status !== 'DELETE_COMPLETE')
    .flatMap(one => (one.physicalId === null || one.physicalId === '' ? [] : [one.physicalId]));
}
