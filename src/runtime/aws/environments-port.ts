import type { TargetProfile } from '../profile/profile.ts';
import type { ResourceChange } from './control/port.ts';
import type { CostEstimate } from './cost/port.ts';
import type { JobView } from './emr/jobs/port.ts';
import type { EnvironmentSpec, Layer, Resolved } from './environment/spec.ts';
import type { StackPlan } from './template/types.ts';

/** One change of a stack, as `ResourceChange` has it, with how long such a resource usually takes. */
export interface PlannedChange extends ResourceChange {
  /** Milliseconds; null where it is not known. */
  readonly usualMs: number | null;
}

export interface PlannedStack {
  readonly layer: Layer;
  readonly name: string;
  /** Empty where there is nothing to do. */
  readonly changes: readonly PlannedChange[];
}

/** A rule of a security group that the environment opens. */
export interface OpenedRule {
  readonly group: string;
  readonly direction: 'in' | 'out';
  /** `tcp`, `udp`, `icmp` or `all`. */
  readonly protocol: string;
  /** `9098`, `9094-9098` or `all`. */
  readonly ports: string;
  /** The group or the address range at the other end. */
  readonly peer: string;
  readonly why: string;
}

/** One statement of a policy that the environment makes. */
export interface PolicyStatement {
  readonly role: string;
  readonly effect: 'Allow' | 'Deny';
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

/** All that an apply would do; nothing is made or changed by making it. */
export interface EnvironmentPlan {
  readonly spec: EnvironmentSpec;
  readonly resolved: Resolved;
  readonly stacks: readonly PlannedStack[];
  readonly rules: readonly OpenedRule[];
  readonly statements: readonly PolicyStatement[];
  readonly cost: CostEstimate;
  /** Milliseconds from the beginning of an apply until a cell can run there. */
  readonly usualMs: number;
  /** Sentences about what a person should know before: a replaced cluster, a quota that is near. */
  readonly warnings: readonly string[];
}

/** State of one resource while an environment is made or removed. */
export interface ResourceProgress {
  readonly layer: Layer;
  readonly logicalId: string;
  readonly type: string;
  readonly action: 'create' | 'update' | 'delete';
  readonly state: 'waiting' | 'running' | 'done' | 'failed';
  /** Epoch milliseconds. */
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  readonly usualMs: number | null;
  /** Why it failed, or what it waits for. */
  readonly reason: string | null;
}

export type EnvironmentEvent =
  /** The newest state of a resource, by layer and logical id. */
  | { readonly kind: 'resource'; readonly resource: ResourceProgress }
  /** One step of the work; `fraction` is null where it cannot be known. */
  | { readonly kind: 'step'; readonly label: string; readonly fraction: number | null }
  /** A sentence that must not pass with the progress. */
  | { readonly kind: 'notice'; readonly text: string };
export type OnEnvironmentEvent = (event: EnvironmentEvent) => void;

export interface EnvironmentStatus {
  readonly name: string;
  readonly region: string;
  readonly account: string;
  /** In the order in which they are made; `status` as CloudFormation says it, null where there is no such stack. */
  readonly stacks: readonly {
    readonly layer: Layer;
    readonly name: string;
    readonly status: string | null;
    readonly reason: string | null;
  }[];
  /** Every stack is complete, Kafka and Livy answer. */
  readonly ready: boolean;
  /** The EMR cluster that has ended while its stack still has it; the next apply makes another. */
  readonly ended: { readonly cluster: string; readonly at: number | null } | null;
  /** Epoch milliseconds; null where no stack tells. */
  readonly expiresAt: number | null;
  /** ARN of who made it, and the notebook that did. */
  readonly owner: string | null;
  readonly notebook: string | null;
  readonly cost: CostEstimate | null;
}

/** What a destroy could not remove, or found beside the stacks. */
export interface Leftover {
  readonly what: string;
  readonly id: string;
  readonly why: string;
  /** US dollars, without what goes through it; null where it costs nothing or is not known. */
  readonly perHour: number | null;
}

export interface DestroyedEnvironment {
  readonly removed: number;
  /** Empty is proof that nothing is left. */
  readonly left: readonly Leftover[];
}

/** What a sweep did with the environments of a region whose time is over, or that are half there. */
export interface SweptEnvironments {
  readonly destroyed: readonly {
    readonly name: string;
    readonly result: DestroyedEnvironment;
  }[];
  /** Those of other owners, and those that refused. */
  readonly kept: readonly { readonly name: string; readonly why: string }[];
}

export interface PlanOptions {
  /** Asks the Pricing API for the prices of this plan in place of the dated table. */
  readonly freshPrices?: boolean;
}

/** In whose name something is changed. */
export interface Claimed {
  /** Identity of the notebook. */
  readonly notebook: string;
  /** Also what another notebook of the same owner has made. */
  readonly force: boolean;
}

/**
 * Environments of `%provision aws`. Errors are HeadraceErrors of one clear line; nothing without the tags of
 * Headrace is changed or deleted. All is safe to repeat: what was interrupted goes on.
 */
export interface AwsEnvironments {
  /** Region of the surroundings (`AWS_REGION`, then the AWS profile); null where they name none. */
  defaultRegion(): Promise<string | null>;
  plan(
    spec: EnvironmentSpec,
    notebook: string,
    signal: AbortSignal,
    options?: PlanOptions
  ): Promise<EnvironmentPlan>;
  /** Makes what the plan says and waits until a cell can run there. Aborting ends the wait, not the work in AWS. */
  apply(
    plan: EnvironmentPlan,
    options: Claimed,
    onEvent: OnEnvironmentEvent,
    signal: AbortSignal
  ): Promise<TargetProfile>;
  /** Null where there is no such environment. */
  status(name: string, region: string, signal: AbortSignal): Promise<EnvironmentStatus | null>;
  /** The environments of a region, whoever made them. */
  list(region: string, signal: AbortSignal): Promise<readonly EnvironmentStatus[]>;
  /** Long-lived jobs of an environment that have not ended, whoever submitted them; the newest first. */
  jobs(name: string, region: string, signal: AbortSignal): Promise<readonly JobView[]>;
  destroy(
    name: string,
    region: string,
    options: Claimed,
    onEvent: OnEnvironmentEvent,
    signal: AbortSignal
  ): Promise<DestroyedEnvironment>;
  /** Templates of the layers as they would be applied. */
  template(
    spec: EnvironmentSpec,
    notebook: string,
    signal: AbortSignal
  ): Promise<readonly StackPlan[]>;
  /** Moves the end to that long from now; gives the new end in epoch milliseconds. */
  extend(
    name: string,
    region: string,
    ttlMs: number,
    options: Claimed,
    signal: AbortSignal
  ): Promise<number>;
  /** Destroys what this person made in a region and whose time is over, or that is half there. */
  sweep(
    region: string,
    onEvent: OnEnvironmentEvent,
    signal: AbortSignal
  ): Promise<SweptEnvironments>;
}
