import { HeadraceError } from '../../../shared/errors.ts';
import { persist, until } from '../control/patience.ts';
import type { StackResourceView, StackView } from '../control/port.ts';
import type { DestroyedEnvironment, Leftover } from '../environments-port.ts';
import { LAYERS, stackName } from '../environment/spec.ts';
import { sayingWhatRuns } from './apply.ts';
import { physicalIds, type LeftoverFinder, type OwnNetwork } from './cleaners/port.ts';
import { parseArn } from './cleaners/still-there.ts';
import { destroyLayer, sentenceOf, type DestroyHands } from './destroy-layer.ts';
import { assertOurs, type Claim } from './ownership.ts';
import { isGone } from './statuses.ts';

/** The lists of tags and interfaces run behind by a minute or two. */
const SETTLING_MS = 20_000;
const LONGEST_SETTLING_MS = 3 * 60_000;

async function stacksOf(environment: string, { world, signal }: DestroyHands) {
  const found: StackView[] = [];
  for (const layer of LAYERS) {
    const name = stackName(environment, layer);
    const stack = await persist(world, signal, () => world.stacks.describe(name, signal));
    if (!isGone(stack)) found.push(stack);
  }
  return found;
}

/** What belongs to the environment, read while its stacks can still tell. */
async function networkOf(stacks: readonly StackView[], hands: DestroyHands): Promise<OwnNetwork> {
  const { world, signal } = hands;
  const all: StackResourceView[] = [];
  for (const stack of stacks)
    all.push(...(await persist(world, signal, () => world.stacks.resources(stack.id, signal))));
  return {
    vpc: physicalIds(all, 'AWS::EC2::VPC')[0] ?? null,
    declared: new Set(all.flatMap(one => (one.physicalId === null ? [] : [one.physicalId]))),
    groups: physicalIds(all, 'AWS::EC2::SecurityGroup')
  };
}

/** Looks for leftovers; at the end of a whole deletion until there are none, or what is there stays. */
async function findLeftovers(
  claim: Claim,
  network: OwnNetwork,
  finder: LeftoverFinder,
  hands: DestroyHands,
  limitMs: number
): Promise<readonly Leftover[]> {
  const { world, signal } = hands;
  let left: readonly Leftover[] = [];
  try {
    await until(world, { everyMs: SETTLING_MS, limitMs }, signal, async () => {
      left = await finder.find(claim.environment, network, signal);
      return left.length === 0 ? true : null;
    });
  } catch (error) {
    if (!(error instanceof HeadraceError) || error.code !== 'HR_AWS_REFUSED') throw error;
    // Without the proof nobody may believe that nothing is left.
    return [{ what: 'not checked', id: claim.environment, why: sentenceOf(error), perHour: null }];
  }
  return left;
}

/** CloudFormation knows some things by their ARN, the tags know them by the end of it. */
const keyOf = ({ id }: Leftover): string => (id.startsWith('arn:') ? parseArn(id).id : id);

/** Each thing once: a stuck resource is found by the stack, which knows why, and by its tag, which tells its price. */
function distinct(left: readonly Leftover[]): readonly Leftover[] {
  const byKey = new Map<string, Leftover>();
  for (const one of left) {
    const known = byKey.get(keyOf(one));
    byKey.set(
      keyOf(one),
      known === undefined ? one : { ...known, perHour: known.perHour ?? one.perHour }
    );
  }
  return [...byKey.values()];
}

async function destroyAll(
  claim: Claim,
  finder: LeftoverFinder,
  hands: DestroyHands
): Promise<DestroyedEnvironment> {
  const stacks = await stacksOf(claim.environment, hands);
  // All or nothing: a stack that is not ours means that the name is somebody else's.
  assertOurs(stacks, claim);
  const network = await networkOf(stacks, hands);
  let removed = 0;
  const stuck: Leftover[] = [];
  for (const layer of [...LAYERS].reverse()) {
    const gone = await destroyLayer({ environment: claim.environment, layer, network }, hands);
    removed += gone.removed;
    stuck.push(...gone.left);
  }
  const limitMs = stuck.length > 0 ? 0 : LONGEST_SETTLING_MS;
  const found = await findLeftovers(claim, network, finder, hands, limitMs);
  return { removed, left: distinct([...stuck, ...found]) };
}

/**
 * Deletes an environment, spark before kafka before net, and looks for what is left of it. Rejects with HR_ENVIRONMENT,
 * having touched nothing, where a stack is not ours. What could not be removed is in the result, with the reason; called
 * again, it goes on with that.
 */
export async function destroyEnvironment(
  claim: Claim,
  finder: LeftoverFinder,
  hands: DestroyHands
): Promise<DestroyedEnvironment> {
  try {
    return await destroyAll(claim, finder, hands);
  } catch (error) {
    throw sayingWhatRuns(
      error,
      `What is not deleted yet goes on to cost: run %provision aws --destroy ${claim.environment} again.`
    );
  }
}
