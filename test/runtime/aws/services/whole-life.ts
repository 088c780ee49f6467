import assert from 'node:assert/strict';
import type { DestroyedEnvironment } from '../../../../src/runtime/aws/environments-port.ts';
import type { EnvironmentSpec } from '../../../../src/runtime/aws/environment/spec.ts';
import type { TargetProfile } from '../../../../src/runtime/profile/profile.ts';
import type { FakeAws } from '../../../fakes/aws/server/start.ts';
import { CLAIM, NEVER, NOTEBOOK, specOf, type Scene } from './scene.ts';

/** What a kernel works with. */
export type Worker = Pick<Scene, 'environments' | 'onEvent'>;

/** Each request is sent once, so that what waits and repeats is Headrace alone. */
export const ONCE = { requests: { maxAttempts: 1 } };

/** Plans and makes an environment, as a run of the cell does. */
export async function planAndApply(
  { environments, onEvent }: Worker,
  signal: AbortSignal = NEVER,
  spec: EnvironmentSpec = specOf()
): Promise<TargetProfile> {
  const plan = await environments.plan(spec, NOTEBOOK, signal);
  return environments.apply(plan, CLAIM, onEvent, signal);
}

export function remove({ environments, onEvent }: Worker): Promise<DestroyedEnvironment> {
  return environments.destroy('orders', 'eu-west-1', CLAIM, onEvent, NEVER);
}

/** Makes an environment, looks at it and removes it, and checks that it was there and is gone. */
export async function wholeLife(worker: Worker, aws: FakeAws): Promise<void> {
  const profile = await planAndApply(worker);
  assert.equal(profile.name, 'orders');
  const status = await worker.environments.status('orders', 'eu-west-1', NEVER);
  assert.equal(status?.ready, true);
  assertMadeOnce(aws);
  assert.deepEqual((await remove(worker)).left, []);
  assertNothingLeft(aws);
}

/** The same worker; `happens` is called once, when the resource of this name is seen to be under way. */
export function whileMaking<One extends Worker>(
  worker: One,
  logicalId: string,
  happens: () => void
): One {
  let happened = false;
  return {
    ...worker,
    onEvent(event) {
      worker.onEvent(event);
      const resource = event.kind === 'resource' ? event.resource : null;
      if (happened || resource?.logicalId !== logicalId || resource.state !== 'running') return;
      happened = true;
      happens();
    }
  };
}

/** How often each stack was begun to be made. */
function births({ world }: FakeAws): Readonly<Record<string, number>> {
  const begun = [...world.stacks.values()].flatMap(({ name, events }) =>
    events.filter(one => one.logicalId === name && one.status === 'CREATE_IN_PROGRESS')
  );
  const counts: Record<string, number> = {};
  for (const { logicalId } of begun) counts[logicalId] = (counts[logicalId] ?? 0) + 1;
  return counts;
}

/** No stack, and nothing that costs, was made a second time. */
export function assertMadeOnce(aws: FakeAws): void {
  assert.deepEqual(births(aws), {
    'headrace-orders-net': 1,
    'headrace-orders-kafka': 1,
    'headrace-orders-spark': 1
  });
  for (const type of ['AWS::MSK::Cluster', 'AWS::EMRServerless::Application', 'AWS::EC2::VPC']) {
    const made = aws.worked.filter(work => work.type === type && work.verb === 'create');
    assert.equal(made.length, 1, type);
  }
}

/** Nothing that a stack of the environment made is in the account, and no stack that could make it. */
export function assertNothingLeft({ world }: FakeAws): void {
  const stacks = [...world.stacks.values()].filter(({ status }) => status !== 'DELETE_COMPLETE');
  assert.deepEqual(stacks, []);
  const ours = [...world.things.values()].filter(
    ({ tags }) => tags['headrace:environment'] === 'orders'
  );
  assert.deepEqual(ours, []);
}
