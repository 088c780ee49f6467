import { persist } from '../control/patience.ts';
import type { Claimed, DestroyedEnvironment, SweptEnvironments } from '../environments-port.ts';
import { PRICES } from '../cost/prices.ts';
import { awsCleaners } from '../engine/cleaners/all.ts';
import { awsLeftovers } from '../engine/cleaners/leftover-finder.ts';
import type { DestroyHands } from '../engine/destroy-layer.ts';
import { destroyEnvironment } from '../engine/destroy.ts';
import { environmentStatus } from '../engine/status.ts';
import { sweepExpired } from '../engine/sweep.ts';
import { OUTPUTS } from '../template/types.ts';
import type { Hands } from './hands.ts';

function destroyHands({ place, onProgress, notice, signal }: Hands): DestroyHands {
  const { world, clients } = place;
  return {
    world,
    cleaners: awsCleaners(clients, world),
    onProgress,
    onNotice: notice,
    signal
  };
}

/** Deletes an environment, and shows what is left of it. */
export async function removeEnvironment(
  name: string,
  { notebook, force }: Claimed,
  hands: Hands
): Promise<DestroyedEnvironment> {
  const { place, tunnels, signal } = hands;
  const { world, clients, account } = place;
  const { arn } = await persist(world, signal, () => account.caller(signal));
  const { outputs } = await environmentStatus(name, world, signal);
  const claim = { environment: name, notebook, owner: arn, force };
  const result = await destroyEnvironment(
    claim,
    awsLeftovers(clients, PRICES),
    destroyHands(hands)
  );
  const cluster = outputs.spark?.[OUTPUTS.spark.cluster];
  if (cluster !== undefined) await tunnels.close(cluster);
  return result;
}

/** Destroys the environments of this person whose time is over, and tells of the others. */
export async function sweepRegion(hands: Hands): Promise<SweptEnvironments> {
  const { place, signal } = hands;
  const { arn } = await persist(place.world, signal, () => place.account.caller(signal));
  return sweepExpired(arn, awsLeftovers(place.clients, PRICES), destroyHands(hands));
}
