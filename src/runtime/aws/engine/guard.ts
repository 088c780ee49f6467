import { persist } from '../control/patience.ts';
import type { StackView } from '../control/port.ts';
import type { Layer } from '../environment/spec.ts';
import { isGone, isOnlyPlanned, isWorking } from './statuses.ts';
import type { EngineWorld } from './world.ts';

/** The layer whose loss is the loss of what people put into it. */
const GUARDED: Layer = 'kafka';

const LOSS = ['Update:Replace', 'Update:Delete'];

/**
 * No update makes Kafka anew or takes it away, whoever asks for it: clusters of MSK, and machines that are brokers.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/protect-stack-resources.html
 */
const POLICY = JSON.stringify({
  Statement: [
    { Effect: 'Allow', Principal: '*', Action: 'Update:*', Resource: '*' },
    {
      Effect: 'Deny',
      Principal: '*',
      Action: LOSS,
      Resource: '*',
      Condition: {
        StringEquals: { ResourceType: ['AWS::MSK::Cluster', 'AWS::MSK::ServerlessCluster'] }
      }
    },
    {
      Effect: 'Deny',
      Principal: '*',
      Action: LOSS,
      Resource: 'LogicalResourceId/Broker*',
      Condition: { StringEquals: { ResourceType: ['AWS::EC2::Instance'] } }
    }
  ]
});

/** Guards Kafka once it stands; the other layers are made again in minutes. */
export async function guardLayer(
  layer: Layer,
  stack: string,
  world: EngineWorld,
  signal: AbortSignal
): Promise<void> {
  if (layer === GUARDED)
    await persist(world, signal, () => world.stacks.guard(stack, POLICY, signal));
}

/** Lets a stack be deleted that is to go; a person has typed its name by then. */
export async function unguardLayer(
  layer: Layer,
  stack: StackView | null,
  world: EngineWorld,
  signal: AbortSignal
): Promise<void> {
  if (layer !== GUARDED || isGone(stack) || isOnlyPlanned(stack) || isWorking(stack.status)) return;
  await persist(world, signal, () => world.stacks.guard(stack.id, null, signal));
}
