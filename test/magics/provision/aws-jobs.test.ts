import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { createCellLanguage } from '../../../src/magics/language.ts';
import { HeadraceError } from '../../../src/shared/errors.ts';
import { failsWith } from '../../fakes/errors.ts';
import { awsProfile, statusOf } from '../../fakes/memory-aws.ts';
import { jobView } from '../../fakes/memory-jobs.ts';
import { openCells } from '../../fakes/notebook.ts';

const HOUR = 3_600_000;
const REFUSED = new HeadraceError('HR_AWS_REFUSED', 'AWS does not allow ListJobRuns');

/** A notebook on the environment `orders`, where two jobs run and one has ended. */
async function onAws(test: TestContext) {
  const cells = await openCells(test);
  const { notebook, cell } = cells;
  await notebook.profiles.save(awsProfile('orders'));
  await cell('%provision use orders');
  notebook.aws.environments.running.set('orders', statusOf('orders'));
  const { jobs } = notebook.aws;
  const createdAt = notebook.clock.now() - 3 * HOUR;
  jobs.listed = [
    jobView({ id: '00a1', name: 'clicks', createdAt }),
    jobView({ id: '00a2', name: 'words', state: 'waiting', said: 'QUEUED', createdAt }),
    jobView({ id: '00a3', name: 'once', state: 'succeeded', said: 'SUCCESS' })
  ];
  return { ...cells, jobs };
}

describe('jobs that run on AWS', () => {
  it('are in the status of the notebook, with id, state and since when', async test => {
    const { cell } = await onAws(test);
    const { text } = await cell('%status');
    assert.match(text, /job +clicks +running +id 00a1; for 3 h/);
    assert.match(text, /job +words +waiting +id 00a2; for 3 h/);
    assert.doesNotMatch(text, /00a3/);
  });

  it('hide nothing else there when AWS does not tell of them', async test => {
    const { cell, jobs } = await onAws(test);
    jobs.beforeList = () => Promise.reject(REFUSED);
    const { text } = await cell('%status');
    assert.match(text, /jobs +not known +AWS does not allow ListJobRuns/);
    assert.match(text, /target +Kafka +iam/);
  });

  it('are not asked for by a notebook that is not on AWS', async test => {
    const { cell, notebook } = await openCells(test);
    await cell('%status');
    assert.deepEqual(notebook.aws.jobs.opened, []);
  });

  it('are in the status of one environment and of all', async test => {
    const { cell } = await onAws(test);
    const one = await cell('%provision aws --status --name orders');
    assert.match(one.text, /Jobs that run\n.*\n.*\norders +00a1 +clicks +running +for 3 h/);
    const all = await cell('%provision aws --status');
    assert.match(all.text, /^Environments\n/);
    assert.match(all.text, /orders +00a2 +words +waiting +for 3 h/);
  });

  it('hide no environment when AWS does not tell of them', async test => {
    const { cell, jobs } = await onAws(test);
    jobs.beforeList = () => Promise.reject(REFUSED);
    const { text } = await cell('%provision aws --status');
    assert.match(text, /orders +ready/);
    assert.match(text, /The jobs of orders are not known: AWS does not allow ListJobRuns/);
  });

  it('are named before they end with their environment', async test => {
    const { cell, notebook } = await onAws(test);
    const { err, text } = await cell('%provision aws --destroy orders');
    assert.match(err, /Warning: removing orders ends 2 jobs of EMR\./);
    assert.match(text, /orders +00a1 +clicks +running +for 3 h/);
    assert.equal(notebook.aws.environments.destroyed.length, 1);
  });

  it('keep no environment from being removed when AWS does not tell of them', async test => {
    const { cell, jobs } = await onAws(test);
    jobs.beforeList = () => Promise.reject(REFUSED);
    const { err, text } = await cell('%provision aws --destroy orders');
    assert.doesNotMatch(err, /Warning/);
    assert.match(text, /The jobs of orders are not known/);
    assert.match(text, /orders is gone/);
  });

  it('are completed by their ids, those that can be stopped where they are to be stopped', async test => {
    const { runtime, jobs } = await onAws(test);
    const complete = async (code: string) =>
      (
        await createCellLanguage().complete(
          code,
          code.length,
          runtime,
          new AbortController().signal
        )
      ).matches;
    assert.deepEqual(await complete('%job stop 00'), ['00a1', '00a2']);
    assert.deepEqual(await complete('%job follow 00'), ['00a1', '00a2']);
    assert.deepEqual(await complete('%job log 00'), ['00a1', '00a2', '00a3']);
    jobs.beforeList = () => Promise.reject(REFUSED);
    assert.deepEqual(await complete('%job log 00'), []);
  });
});

describe('%provision aws --fresh-prices', () => {
  it('asks for the prices of a plan, and shows of each line where its price is from', async test => {
    const { cell, notebook } = await openCells(test, { provisioned: false });
    const { text } = await cell('%provision aws --plan --name orders --fresh-prices');
    assert.deepEqual(notebook.aws.environments.planOptions, [{ freshPrices: true }]);
    assert.match(text, /2 kafka\.m7g\.large brokers .*Pricing API, 2026-11-01/);
    assert.match(text, /EMR Serverless up to 16 vCPU .*table, 2026-07-20, derived/);
  });

  it('says why the prices are older', async test => {
    const { cell, notebook } = await openCells(test, { provisioned: false });
    notebook.aws.environments.shape = plan => ({
      ...plan,
      cost: { ...plan.cost, notFresh: 'AWS does not allow pricing:GetProducts' }
    });
    const { text } = await cell('%provision aws --plan --name orders --fresh-prices');
    assert.match(
      text,
      /The price list cannot be asked \(AWS does not allow pricing:GetProducts\), so this is an estimate with list prices of 2026-11-01/
    );
  });

  it('is for plans', async test => {
    const { cell } = await openCells(test, { provisioned: false });
    await assert.rejects(
      cell('%provision aws --status --fresh-prices'),
      failsWith('HR_USAGE', /has --fresh-prices without a plan/)
    );
  });
});
