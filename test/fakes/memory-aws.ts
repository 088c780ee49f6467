import type {
  AwsEnvironments,
  Claimed,
  DestroyedEnvironment,
  EnvironmentEvent,
  EnvironmentPlan,
  EnvironmentStatus,
  OnEnvironmentEvent,
  PlanOptions,
  SweptEnvironments
} from '../../src/runtime/aws/environments-port.ts';
import { LAYERS, stackName, type EnvironmentSpec } from '../../src/runtime/aws/environment/spec.ts';
import type { JobView } from '../../src/runtime/aws/emr/jobs/port.ts';
import { MemoryJobs } from './memory-jobs.ts';
import type { StackPlan } from '../../src/runtime/aws/template/types.ts';
import type { AwsProbes } from '../../src/runtime/profile/doctor/port.ts';
import { targetProfileSchema, type TargetProfile } from '../../src/runtime/profile/profile.ts';
import type { AwsServices } from '../../src/runtime/aws/services-port.ts';
import type { ResolvedStack, StackResolver } from '../../src/runtime/profile/stack-resolver.ts';
import { HeadraceError } from '../../src/shared/errors.ts';

export const ACCOUNT = '111122223333';

/** A profile of an environment, as an apply gives it. */
export function awsProfile(name: string, change: Partial<TargetProfile> = {}): TargetProfile {
  return targetProfileSchema.parse({
    name,
    kind: 'aws',
    brokers: ['b-1.orders.kafka.eu-west-1.amazonaws.com:9098'],
    kafkaAuth: { kind: 'iam', region: 'eu-west-1' },
    livy: {
      url: 'https://00f.livy.emr-serverless-services.eu-west-1.amazonaws.com',
      type: 'emr-serverless',
      auth: { kind: 'sigv4', region: 'eu-west-1' },
      conf: { 'emr-serverless.session.executionRoleArn': `arn:aws:iam::${ACCOUNT}:role/run` }
    },
    environment: { name, region: 'eu-west-1', account: ACCOUNT },
    ...change
  });
}

/** Environments that a test moves by hand. */
export class MemoryEnvironments implements AwsEnvironments {
  region: string | null = 'eu-west-1';
  readonly running = new Map<string, EnvironmentStatus>();
  readonly applied: { readonly spec: EnvironmentSpec; readonly claim: Claimed }[] = [];
  readonly destroyed: { readonly name: string; readonly claim: Claimed }[] = [];
  readonly extended: { readonly name: string; readonly ttlMs: number }[] = [];
  readonly sweptRegions: string[] = [];
  swept: SweptEnvironments = { destroyed: [], kept: [] };
  /** Told in order during an apply and a destroy. */
  events: readonly EnvironmentEvent[] = [];
  /** Changes the plan before a cell gets it. */
  shape: (plan: EnvironmentPlan) => EnvironmentPlan = plan => plan;
  /** Called before an apply ends; a rejection is that of AWS. */
  beforeReady: () => Promise<void> = () => Promise.resolve();
  left: DestroyedEnvironment['left'] = [];
  /** What was asked for with each plan. */
  readonly planOptions: PlanOptions[] = [];

  /** Jobs run in every environment alike. */
  constructor(readonly memoryJobs: MemoryJobs) {}

  defaultRegion(): Promise<string | null> {
    return Promise.resolve(this.region);
  }

  jobs(): Promise<readonly JobView[]> {
    return this.memoryJobs.running();
  }

  plan(
    spec: EnvironmentSpec,
    notebook: string,
    _signal: AbortSignal,
    { freshPrices = false }: PlanOptions = {}
  ): Promise<EnvironmentPlan> {
    this.planOptions.push({ freshPrices });
    return Promise.resolve(this.shape(planOf(spec, notebook)));
  }

  async apply(
    { spec }: EnvironmentPlan,
    claim: Claimed,
    onEvent: OnEnvironmentEvent
  ): Promise<TargetProfile> {
    this.applied.push({ spec, claim });
    for (const event of this.events) onEvent(event);
    await this.beforeReady();
    this.running.set(spec.name, statusOf(spec.name));
    return awsProfile(spec.name);
  }

  status(name: string): Promise<EnvironmentStatus | null> {
    return Promise.resolve(this.running.get(name) ?? null);
  }

  list(): Promise<readonly EnvironmentStatus[]> {
    return Promise.resolve([...this.running.values()]);
  }

  destroy(
    name: string,
    _region: string,
    claim: Claimed,
    onEvent: OnEnvironmentEvent
  ): Promise<DestroyedEnvironment> {
    this.destroyed.push({ name, claim });
    for (const event of this.events) onEvent(event);
    this.running.delete(name);
    return Promise.resolve({ removed: 12, left: this.left });
  }

  template(spec: EnvironmentSpec): Promise<readonly StackPlan[]> {
    return Promise.resolve(
      LAYERS.map(layer => ({
        layer,
        name: stackName(spec.name, layer),
        template: {
          AWSTemplateFormatVersion: '2010-09-09',
          Description: `${layer} of ${spec.name}`,
          Resources: {}
        },
        parameters: {},
        tags: {}
      }))
    );
  }

  extend(name: string, _region: string, ttlMs: number): Promise<number> {
    this.extended.push({ name, ttlMs });
    return Promise.resolve(Date.UTC(2026, 10, 29, 12));
  }

  sweep(region: string, onEvent: OnEnvironmentEvent): Promise<SweptEnvironments> {
    this.sweptRegions.push(region);
    for (const event of this.events) onEvent(event);
    return Promise.resolve(this.swept);
  }
}

/** AWS in memory: signed in to one account, with one stack of somebody else. */
export class MemoryAws implements AwsServices {
  readonly jobs = new MemoryJobs();
  readonly environments = new MemoryEnvironments(this.jobs);
  readonly resolved = new Map<string, ResolvedStack>();
  account = ACCOUNT;
  trusted: readonly string[] | null = ['emr-serverless.amazonaws.com'];
  closed: readonly number[] = [];

  readonly stacks: StackResolver = {
    resolve: stack => {
      const found = this.resolved.get(stack);
      return found === undefined
        ? Promise.reject(new HeadraceError('HR_ENVIRONMENT', `There is no stack ${stack}`))
        : Promise.resolve(found);
    }
  };

  readonly topics = (): never => {
    throw new HeadraceError('HR_ENVIRONMENT', 'No MSK cluster is there');
  };

  readonly probes: AwsProbes = {
    identity: () =>
      Promise.resolve({ account: this.account, arn: `arn:aws:iam::${this.account}:user/ada` }),
    trustedServices: () => Promise.resolve(this.trusted),
    closedPorts: () => Promise.resolve(this.closed)
  };
}

/** As `list` and `status` tell of an environment that is ready. */
export function statusOf(name: string, change: Partial<EnvironmentStatus> = {}): EnvironmentStatus {
  return {
    name,
    region: 'eu-west-1',
    account: ACCOUNT,
    stacks: LAYERS.map(layer => ({
      layer,
      name: stackName(name, layer),
      status: 'CREATE_COMPLETE',
      reason: null
    })),
    ready: true,
    ended: null,
    expiresAt: 1_000_000 + 2 * 3_600_000,
    owner: `arn:aws:iam::${ACCOUNT}:user/ada`,
    notebook: 'test',
    cost: null,
    ...change
  };
}

function planOf(spec: EnvironmentSpec, notebook: string): EnvironmentPlan {
  return {
    spec,
    resolved: {
      account: ACCOUNT,
      partition: 'aws',
      zones: ['eu-west-1a', 'eu-west-1b'],
      owner: `arn:aws:iam::${ACCOUNT}:user/ada`,
      notebook,
      expiresAt: 1_000_000 + spec.ttlMs,
      ...(spec.publicBrokers ? { clientCidr: '203.0.113.7/32' } : {})
    },
    stacks: [
      {
        layer: 'kafka',
        name: stackName(spec.name, 'kafka'),
        changes: [
          {
            action: 'Add',
            logicalId: 'Cluster',
            physicalId: null,
            type: 'AWS::MSK::Cluster',
            replacement: null,
            usualMs: 25 * 60_000
          }
        ]
      }
    ],
    rules: [
      {
        group: 'KafkaGroup',
        direction: 'in',
        protocol: 'tcp',
        ports: '9098',
        peer: 'SparkGroup',
        why: 'Spark reads topics'
      }
    ],
    statements: [
      {
        role: 'ExecutionRole',
        effect: 'Allow',
        actions: ['kafka-cluster:Connect'],
        resources: ['arn:aws:kafka:eu-west-1:111122223333:cluster/headrace-orders/*']
      }
    ],
    cost: {
      items: [
        {
          what: '2 kafka.m7g.large brokers',
          layer: 'kafka',
          idlePerHour: 0.408,
          mostPerHour: 0.408,
          origin: { by: 'api', at: '2026-11-01', basis: 'list' }
        },
        {
          what: 'EMR Serverless up to 16 vCPU',
          layer: 'spark',
          idlePerHour: 0,
          mostPerHour: 1.2,
          origin: { by: 'table', at: '2026-07-20', basis: 'derived' }
        }
      ],
      idlePerHour: 0.408,
      mostPerHour: 1.608,
      hours: spec.ttlMs / 3_600_000,
      pricedAt: '2026-11-01',
      region: spec.region,
      without: ['traffic between zones'],
      notFresh: null
    },
    usualMs: 30 * 60_000,
    warnings: []
  };
}
