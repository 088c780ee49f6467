import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { PRICES } from '../../../../src/runtime/aws/cost/prices.ts';
import { CLAIM, HOUR, NEVER, NOTEBOOK, scene, specOf } from './scene.ts';

const FRESH = { freshPrices: true };

describe('the prices of a plan', () => {
  it('are those of the price list where that is asked for', async test => {
    const { aws, clock, environments } = await scene(test);
    const old = await environments.plan(specOf(), NOTEBOOK, NEVER);
    assert.equal(old.cost.pricedAt, PRICES.pricedAt);
    assert.ok(aws.calls.every(({ service }) => service !== 'pricing'));
    const { cost } = await environments.plan(specOf(), NOTEBOOK, NEVER, FRESH);
    const today = new Date(clock.now()).toISOString().slice(0, 10);
    const brokers = cost.items.find(({ what }) => what.includes('kafka.t3.small'));
    assert.equal(brokers?.idlePerHour.toFixed(4), (3 * 0.0501).toFixed(4));
    assert.deepEqual(brokers.origin, { by: 'api', at: today, basis: 'list' });
    const disk = cost.items.find(({ what }) => what.includes('of disk of EMR Serverless'));
    assert.equal(disk?.origin.at, PRICES.pricedAt);
  });

  it('are those of the table where the list may not be asked', async test => {
    const { aws, environments } = await scene(test);
    aws.faults.add({ service: 'pricing', action: '*', times: 9, how: 'access-denied' });
    const { cost } = await environments.plan(specOf(), NOTEBOOK, NEVER, FRESH);
    assert.match(cost.notFresh ?? '', /pricing:GetProducts/);
    assert.equal(cost.pricedAt, PRICES.pricedAt);
  });
});

describe('the jobs of an environment', () => {
  it('are known without a profile while they run, and end with it', async test => {
    const { aws, clock, environments, services, events, onEvent } = await scene(test);
    const jobs = () => environments.jobs('orders', 'eu-west-1', NEVER);
    assert.deepEqual(await jobs(), []);
    const plan = await environments.plan(specOf(), NOTEBOOK, NEVER);
    const profile = await environments.apply(plan, CLAIM, onEvent, NEVER);
    const opened = await services.jobs.open(profile, NEVER);
    const job = { entryPoint: 's3://demo/job.py', streaming: true };
    const id = await opened.submit({ ...job, name: 'clicks', token: 'token-1' }, NEVER);
    await opened.submit({ ...job, name: 'words', token: 'token-2' }, NEVER);
    assert.deepEqual((await jobs()).map(({ name }) => name).toSorted(), ['clicks', 'words']);
    aws.endJob('words', { succeeded: true });
    clock.pass(HOUR);
    assert.deepEqual(
      (await jobs()).map(each => [each.id, each.state]),
      [[id, 'running']]
    );
    events.splice(0);
    const { left } = await environments.destroy('orders', 'eu-west-1', CLAIM, onEvent, NEVER);
    assert.deepEqual(left, []);
    const told = events.flatMap(event => (event.kind === 'notice' ? [event.text] : []));
    assert.match(
      told.join(' '),
      /Stopped the EMR Serverless application \S+ after cancelling 1 job/
    );
    assert.deepEqual(await jobs(), []);
  });
});
