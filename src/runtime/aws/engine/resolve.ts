import { HeadraceError } from '../../../shared/errors.ts';
import type { AccountPort } from '../control/account.ts';
import { persist } from '../control/patience.ts';
import { LAYERS, stackName, type EnvironmentSpec, type Resolved } from '../environment/spec.ts';
import type { StackView } from '../control/port.ts';
import { assertOurs } from './ownership.ts';
import { accountOf, expiryOf } from './status.ts';
import { isGone, isOnlyPlanned } from './statuses.ts';
import type { EngineWorld } from './world.ts';
import { chooseZones } from './zones.ts';

export interface ResolveOptions {
  /** Identity of the notebook. */
  readonly notebook: string;
  /** EC2 instance types that every zone has to offer. */
  readonly instanceTypes?: readonly string[];
  /** The account in which the notebook made the environment before; null before that. */
  readonly account?: string | null;
  /** Also what another notebook of the same owner has made. */
  readonly force?: boolean;
  /** Counts the time to live from now, also of what stands already. */
  readonly extend?: boolean;
}

function partitionOf(arn: string): Resolved['partition'] {
  const partition = arn.split(':')[1];
  return partition === 'aws-cn' || partition === 'aws-us-gov' ? partition : 'aws';
}

/** Digits of an account but the last four, so that an output shows no whole account number. */
export function maskedAccount(account: string): string {
  return account.replace(/\d(?=\d{4})/g, '*');
}

function checkAccount(wanted: string | null | undefined, found: string): void {
  if (wanted === null || wanted === undefined || wanted === found) return;
  throw new HeadraceError('HR_ENVIRONMENT', 'These credentials are of another AWS account', {
    why: `the environment is in ${maskedAccount(wanted)}, the credentials in ${maskedAccount(found)}`,
    next: 'Choose the profile of that account, or another --name.'
  });
}

async function standing(spec: EnvironmentSpec, world: EngineWorld, signal: AbortSignal) {
  const found: StackView[] = [];
  for (const layer of LAYERS) {
    const name = stackName(spec.name, layer);
    const stack = await persist(world, signal, () => world.stacks.describe(name, signal));
    if (!isGone(stack)) found.push(stack);
  }
  return found;
}

/**
 * The end of what stands already, so that an apply that goes on changes nothing by its later time; counted from now where
 * nothing stands, its time is over, or it is to be extended.
 */
function expiry(spec: EnvironmentSpec, stacks: readonly StackView[], now: number, extend: boolean) {
  const made = stacks.filter(stack => !isOnlyPlanned(stack));
  const known = made.map(expiryOf).filter(at => at !== null && at > now);
  return extend || known.length === 0 ? now + spec.ttlMs : Math.max(...known.map(Number));
}

/**
 * What the account and the region add to a spec. Reads only. Rejects with HR_AWS_CREDENTIALS, and with HR_ENVIRONMENT
 * where the name, the account or the zones do not suit.
 */
export async function resolve(
  spec: EnvironmentSpec,
  account: AccountPort,
  options: ResolveOptions,
  world: EngineWorld,
  signal: AbortSignal
): Promise<Resolved> {
  const caller = await persist(world, signal, () => account.caller(signal));
  checkAccount(options.account, caller.account);
  const stacks = await standing(spec, world, signal);
  for (const stack of stacks) checkAccount(accountOf(stack.id), caller.account);
  const { notebook, force = false, extend = false } = options;
  assertOurs(stacks, { environment: spec.name, notebook, owner: caller.arn, force });
  const zones = await persist(world, signal, () =>
    chooseZones(spec, options.instanceTypes ?? [], account, signal)
  );
  return {
    account: caller.account,
    partition: partitionOf(caller.arn),
    zones,
    owner: caller.arn,
    notebook,
    expiresAt: expiry(spec, stacks, world.clock.now(), extend)
  };
}
