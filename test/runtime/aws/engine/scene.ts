import { HeadraceError } from '../../../../src/shared/errors.ts';
import type { CostEstimate } from '../../../../src/runtime/aws/cost/port.ts';
import type { Cleaner, LeftoverFinder } from '../../../../src/runtime/aws/engine/cleaners/port.ts';
import type { DestroyHands } from '../../../../src/runtime/aws/engine/destroy-layer.ts';
import type { Claim } from '../../../../src/runtime/aws/engine/ownership.ts';
import type { ProgressEvent } from '../../../../src/runtime/aws/engine/progress.ts';
import type { EngineWorld } from '../../../../src/runtime/aws/engine/world.ts';
import { TAGS, stackName, type Layer } from '../../../../src/runtime/aws/environment/spec.ts';
import type {
  ParameterSource,
  Resource,
  StackPlan,
  Value
} from '../../../../src/runtime/aws/template/types.ts';
import { MemoryStacks } from '../../../fakes/aws/memory-stacks.ts';
import { VirtualClock } from '../../../fakes/virtual-clock.ts';

export const OWNER = 'arn:aws:sts::123456789012:assumed-role/Data/ada';
export const NAME = 'clicks';
export const EXPIRES_AT = 30_000_000;
export const NEVER = new AbortController().signal;
export const MINUTE = 60_000;

export const claim: Claim = {
  environment: NAME,
  notebook: 'notebook-1',
  owner: OWNER,
  force: false
};

export function tagsOf(layer: Layer, changed: Readonly<Record<string, string>> = {}) {
  return {
    [TAGS.environment]: NAME,
    [TAGS.layer]: layer,
    [TAGS.owner]: OWNER,
    [TAGS.notebook]: claim.notebook,
    [TAGS.expiresAt]: new Date(EXPIRES_AT).toISOString(),
    ...changed
  };
}

function planOf(
  layer: Layer,
  resources: Readonly<Record<string, Resource>>,
  outputs: Readonly<Record<string, Value>>,
  parameters: Readonly<Record<string, ParameterSource>> = {}
): StackPlan {
  return {
    layer,
    name: stackName(NAME, layer),
    template: {
      AWSTemplateFormatVersion: '2010-09-09',
      Description: layer,
      Resources: resources,
      Outputs: Object.fromEntries(
        Object.entries(outputs).map(([key, Value]) => [key, { Description: key, Value }])
      )
    },
    parameters,
    tags: tagsOf(layer)
  };
}

const netResources: Readonly<Record<string, Resource>> = {
  Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
  KafkaGroup: {
    Type: 'AWS::EC2::SecurityGroup',
    Properties: {
      VpcId: { Ref: 'Vpc' },
      SecurityGroupIngress: [
        {
          IpProtocol: 'tcp',
          FromPort: 9098,
          ToPort: 9098,
          SourceSecurityGroupId: { Ref: 'SparkGroup' },
          Description: 'Spark reads and writes topics'
        }
      ]
    }
  },
  SparkGroup: { Type: 'AWS::EC2::SecurityGroup', Properties: { VpcId: { Ref: 'Vpc' } } },
  Bucket: { Type: 'AWS::S3::Bucket' }
};

export const net = planOf('net', netResources, {
  VpcId: { Ref: 'Vpc' },
  KafkaSecurityGroupId: { Ref: 'KafkaGroup' }
});

export function kafkaWith(properties: Readonly<Record<string, Value>>): StackPlan {
  return planOf(
    'kafka',
    {
      Configuration: { Type: 'AWS::MSK::Configuration' },
      Cluster: {
        Type: 'AWS::MSK::Cluster',
        DependsOn: 'Configuration',
        Properties: properties
      }
    },
    { ClusterArn: { Ref: 'Cluster' } },
    { Group: { layer: 'net', output: 'KafkaSecurityGroupId' } }
  );
}

export const kafka = kafkaWith({ NumberOfBrokerNodes: 3 });

export const spark = planOf(
  'spark',
  {
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        Policies: [
          {
            PolicyName: 'topics',
            PolicyDocument: {
              Statement: [
                {
                  Effect: 'Allow',
                  Action: ['kafka-cluster:Connect'],
                  Resource: { Ref: 'ClusterArn' }
                }
              ]
            }
          }
        ]
      }
    },
    Application: { Type: 'AWS::EMRServerless::Application', DependsOn: ['Role'] }
  },
  { ApplicationId: { Ref: 'Application' } },
  { ClusterArn: { layer: 'kafka', output: 'ClusterArn' } }
);

export const plans = [net, kafka, spark];

const origin = { by: 'table', at: '2026-11-01', basis: 'list' } as const;

export const cost: CostEstimate = {
  items: [
    { what: 'a NAT gateway', layer: 'net', idlePerHour: 0.05, mostPerHour: 0.05, origin },
    { what: '3 brokers', layer: 'kafka', idlePerHour: 0.14, mostPerHour: 0.14, origin }
  ],
  idlePerHour: 0.19,
  mostPerHour: 0.19,
  hours: 8,
  pricedAt: '2026-11-01',
  region: 'eu-west-1',
  without: [],
  notFresh: null
};

export function busy(): HeadraceError {
  return new HeadraceError('HR_AWS_UNREACHABLE', 'AWS asks for fewer requests', { next: 'Wait.' });
}

/** A world of its own for each test: MSK takes half an hour, everything else ten seconds. */
export function scene() {
  const clock = new VirtualClock();
  const stacks = new MemoryStacks(clock);
  stacks.durations.set('AWS::MSK::Cluster', 30 * MINUTE);
  let tokens = 0;
  const world: EngineWorld = {
    stacks,
    clock,
    random: () => 0.5,
    token: () => `token-${(tokens += 1)}`
  };
  const progress: ProgressEvent[] = [];
  const notices: string[] = [];
  const hands = (cleaners: readonly Cleaner[] = [], signal: AbortSignal = NEVER): DestroyHands => ({
    world,
    cleaners,
    onProgress: event => progress.push(event),
    onNotice: sentence => notices.push(sentence),
    signal
  });
  return { clock, stacks, world, progress, notices, hands };
}

export const nothingLeft: LeftoverFinder = { find: () => Promise.resolve([]) };
