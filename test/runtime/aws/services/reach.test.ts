import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { reachOf } from '../../../../src/runtime/aws/services/reach.ts';
import type { AwsServicesOptions } from '../../../../src/runtime/aws/services/options.ts';
import { systemClock } from '../../../../src/runtime/clock.ts';
import { failsWith } from '../../../fakes/errors.ts';
import { CLAIM, NEVER, NOTEBOOK, scene, specOf } from './scene.ts';

const brokers = ['b-1.example.org:9098', 'b-2.example.org:9098'];
const iam: Parameters<typeof reachOf>[1] = {
  brokers,
  kafkaAuth: { kind: 'iam', region: 'eu-west-1' }
};
const closed = () => Promise.reject(new Error('ECONNREFUSED'));

interface Surroundings {
  readonly env?: Readonly<Record<string, string>>;
  readonly publicBrokers?: boolean;
  readonly kafka?: Parameters<typeof reachOf>[1];
}

/** How brokers are reached from a machine with this network and these variables. */
async function reach(
  connect: NonNullable<AwsServicesOptions['connect']>,
  { env = {}, publicBrokers = false, kafka = iam }: Surroundings = {}
) {
  const notices: string[] = [];
  const options = { env, clock: systemClock, connect };
  const hands = {
    options,
    signal: NEVER,
    step: () => undefined,
    notice: (text: string) => void notices.push(text)
  };
  const found = await reachOf({ publicBrokers, name: 'orders' }, kafka, hands);
  return { found, notices };
}

describe('the way to the brokers of an environment', () => {
  it('is direct where one of them takes a connection, such as over a VPN', async () => {
    const tried: string[] = [];
    const connect = (host: string, port: number) => {
      tried.push(`${host}:${port}`);
      return host.startsWith('b-2') ? Promise.resolve() : closed();
    };
    assert.equal((await reach(connect)).found, 'direct');
    assert.deepEqual(tried, brokers);
  });

  it('goes through Spark where none does', async () => {
    assert.deepEqual(await reach(closed), { found: 'relay', notices: [] });
  });

  it('is direct for public brokers, which are not tried', async () => {
    const connect = () => Promise.reject(new Error('was tried'));
    assert.equal((await reach(connect, { publicBrokers: true })).found, 'direct');
  });

  it('is what the surroundings say', async () => {
    const env = { HEADRACE_REACH: 'relay' };
    assert.equal((await reach(() => Promise.resolve(), { env })).found, 'relay');
    await assert.rejects(
      reach(closed, { env: { HEADRACE_REACH: 'tunnel' } }),
      failsWith('HR_USAGE', /HEADRACE_REACH cannot be tunnel \(it is direct or relay\)/)
    );
  });

  it('cannot go through Spark where that would need a secret, and says so', async () => {
    const kafkaAuth = { kind: 'mtls', key: 'k', cert: 'c' } as const;
    const { found, notices } = await reach(closed, { kafka: { brokers, kafkaAuth } });
    assert.equal(found, 'direct');
    assert.match(notices.join(), /need a kernel inside the network/);
  });

  it('is in the profile that an apply gives, with the cluster whose topics the API has', async test => {
    const { environments, onEvent, aws } = await scene(test, {}, { connect: closed });
    const plan = await environments.plan(specOf(), NOTEBOOK, NEVER);
    const profile = await environments.apply(plan, CLAIM, onEvent, NEVER);
    assert.equal(profile.reach, 'relay');
    assert.ok(aws.world.things.has(profile.mskCluster ?? ''), profile.mskCluster ?? 'none');
  });
});
