import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type {
  EnvironmentEvent,
  ResourceProgress
} from '../../../src/runtime/aws/environments-port.ts';
import { HeadraceError } from '../../../src/shared/errors.ts';
import { failsWith } from '../../fakes/errors.ts';
import { awsProfile, statusOf } from '../../fakes/memory-aws.ts';
import { openCells } from '../../fakes/notebook.ts';

function resource(change: Partial<ResourceProgress>): EnvironmentEvent {
  return {
    kind: 'resource',
    resource: {
      layer: 'kafka',
      logicalId: 'Cluster',
      type: 'AWS::MSK::Cluster',
      action: 'create',
      state: 'running',
      startedAt: 1_000_000,
      endedAt: null,
      usualMs: 25 * 60_000,
      reason: null,
      ...change
    }
  };
}

describe('%provision aws --apply', () => {
  it('makes what was planned, keeps a profile, and moves the notebook there', async test => {
    const { cell, notebook, runtime } = await openCells(test);
    const { environments } = notebook.aws;
    await cell('%provision aws --plan --name orders --ttl 10h --size large');
    const { text } = await cell('%provision aws --apply orders');
    assert.equal(environments.applied.length, 1);
    assert.equal(environments.applied[0]?.spec.size, 'large');
    assert.deepEqual(environments.applied[0].claim, { notebook: 'test', force: false });
    assert.deepEqual(notebook.profiles.saved.get('orders'), awsProfile('orders'));
    assert.equal(runtime.endpoints?.target, 'orders');
    assert.match(
      text,
      /orders is ready after .*costs \$0\.408 an hour idle and \$1\.61 at most, until/
    );
    assert.match(text, /On orders after/);
  });

  it('takes flags over a plan, and shows what it makes before it begins', async test => {
    const { cell, notebook } = await openCells(test, { provisioned: false });
    const { shown } = await cell('%provision aws --apply orders --ttl 2h --force');
    assert.match(String(shown[0]?.[0]?.['text/plain']), /Cluster +AWS::MSK::Cluster/);
    assert.equal(notebook.aws.environments.applied[0]?.spec.ttlMs, 7_200_000);
    assert.equal(notebook.aws.environments.applied[0].claim.force, true);
  });

  it('shows each resource in a table that changes in place', async test => {
    const { cell, notebook } = await openCells(test, { provisioned: false });
    const { environments } = notebook.aws;
    environments.events = [
      { kind: 'step', label: 'making kafka', fraction: 0.5 },
      resource({}),
      resource({ logicalId: 'Group', layer: 'net', state: 'done', endedAt: 1_003_200 }),
      resource({ reason: 'still creating' })
    ];
    environments.beforeReady = async () => {
      await notebook.clock.sleep(61_000);
      environments.events = [];
    };
    const { shown } = await cell('%provision aws --apply orders --region eu-west-1');
    const table = shown.find(states => String(states[0]?.['text/plain']).startsWith('state'));
    const states = table?.map(bundle => String(bundle['text/plain'])) ?? [];
    assert.match(states[0] ?? '', /… making +kafka +Cluster +AWS::MSK::Cluster +\S+ s +25 min/);
    const last = states.at(-1) ?? '';
    assert.match(last, /✓ made +net +Group +\S+ +3\.2 s +25 min\n… making +kafka +Cluster/);
    assert.match(last, /1 min 01 s +25 min +still creating/);
    assert.match(last, /^1 made, 1 at work\.$/m);
    assert.ok(states.length > 10, 'the elapsed time moved while nothing else did');
  });

  it('sums up what is done, and keeps what failed when it is taken back', async test => {
    const { cell, notebook } = await openCells(test, { provisioned: false });
    const { environments } = notebook.aws;
    const done = { state: 'done', endedAt: 1_003_000 } as const;
    environments.events = [
      resource({ layer: 'net', logicalId: 'Vpc', usualMs: 15_000, ...done }),
      resource({ layer: 'net', logicalId: 'Nat', usualMs: 120_000, ...done, endedAt: 1_090_000 }),
      resource({ logicalId: 'Logs', ...done }),
      resource({}),
      resource({ state: 'failed', endedAt: 1_060_000, reason: 'no such instance type' }),
      resource({ action: 'delete' }),
      resource({ action: 'delete', ...done }),
      resource({ logicalId: 'Logs', action: 'delete', ...done })
    ];
    const { shown } = await cell('%provision aws --apply orders --region eu-west-1');
    const states = shown.find(each => /^state/.test(String(each[0]?.['text/plain']))) ?? [];
    const plain = states.map(bundle => String(bundle['text/plain']));
    assert.match(plain[1] ?? '', /✓ made +net +2 resources +1 min 30 s +2 min\n2 made\.$/);
    const last = plain.at(-1) ?? '';
    assert.match(
      last,
      /✓ made +net +2 resources[^]*✓ removed +kafka +Logs[^]*✗ failed +kafka +Cluster .*no such instance type\n2 made, 1 removed, 1 failed\.\n\nAll 4 resources\n/
    );
    assert.match(last, /✓ made +net +Vpc/);
    assert.match(String(states.at(-1)?.['text/html']), /<details>\n<summary><b>All 4 resources/);
    assert.doesNotMatch(plain.slice(0, -1).join('\n'), /All \d+ resources/);
  });

  it('says what goes on in AWS when it was not done, and is resumed by the same cell', async test => {
    const { cell, notebook, runtime } = await openCells(test);
    const { environments } = notebook.aws;
    environments.beforeReady = () =>
      Promise.reject(new HeadraceError('HR_ENVIRONMENT', 'The Kafka cluster could not be made'));
    await cell('%provision aws --plan --name orders');
    const context = notebook.context(runtime);
    const { createCellLanguage } = await import('../../../src/magics/language.ts');
    await assert.rejects(
      createCellLanguage().execute('%provision aws --apply orders', context),
      failsWith('HR_ENVIRONMENT', /could not be made/)
    );
    assert.match(
      context.display.text,
      /orders is not ready after .*What there is of it costs: run the same cell again.*--destroy orders/
    );
    assert.equal(runtime.endpoints?.target, 'local');
    assert.equal(notebook.profiles.saved.size, 0);
    environments.beforeReady = () => Promise.resolve();
    await cell('%provision aws --apply orders');
    assert.equal(runtime.endpoints.target, 'orders');
  });

  it('needs the name as it was planned', async test => {
    const { cell, notebook } = await openCells(test, { provisioned: false });
    await assert.rejects(
      cell('%provision aws --apply orders'),
      failsWith('HR_USAGE', /knows no plan orders\. Write %provision aws --plan --name orders/)
    );
    await cell('%provision aws --plan --name orders');
    await assert.rejects(
      cell('%provision aws --apply order'),
      failsWith('HR_USAGE', /knows no plan order\. Did you mean --apply orders\?/)
    );
    await assert.rejects(
      cell('%provision aws --apply other --name orders'),
      failsWith('HR_USAGE', /other is not the name.*--apply orders/)
    );
    assert.deepEqual(notebook.aws.environments.applied, []);
  });

  it('remembers the plan over a kernel restart', async test => {
    const { cell, notebook } = await openCells(test, { provisioned: false });
    await cell('%provision aws --plan --name orders');
    const again = await notebook.kernel();
    assert.deepEqual(
      again.targets.planned.map(({ name }) => name),
      ['orders']
    );
  });
});

describe('%provision aws --destroy', () => {
  it('ends what the notebook runs there, removes all, and forgets it', async test => {
    const { cell, notebook, runtime } = await openCells(test, { provisioned: false });
    await cell('%provision aws --apply orders --region eu-west-1');
    await cell('%topic create words\n%stream wordcount --topic words');
    const { text } = await cell('%provision aws --destroy orders');
    assert.equal(notebook.away.streams.get('wordcount')?.status().state, 'stopped');
    assert.match(text, /orders is gone after .*: 12 resources removed, nothing is left\./);
    assert.deepEqual(notebook.aws.environments.destroyed, [
      { name: 'orders', claim: { notebook: 'test', force: false } }
    ]);
    assert.equal(notebook.profiles.saved.size, 0);
    assert.deepEqual(runtime.targets.planned, []);
    assert.equal(runtime.targets.current, null);
  });

  it('goes on although the notebook cannot end what it runs there', async test => {
    const { cell, notebook } = await openCells(test, { provisioned: false });
    await cell('%provision aws --apply orders --region eu-west-1');
    notebook.away.session.reset = () =>
      Promise.reject(new HeadraceError('HR_LIVY_UNREACHABLE', 'No Livy endpoint answers'));
    const { err, text } = await cell('%provision aws --destroy orders');
    assert.match(err, /It is removed all the same: No Livy endpoint answers/);
    assert.match(text, /orders is gone/);
  });

  it('leaves alone what the notebook runs where another one made the environment', async test => {
    const { cell, notebook, runtime } = await openCells(test, { provisioned: false });
    const { environments } = notebook.aws;
    await cell('%provision aws --apply orders --region eu-west-1');
    await cell('%topic create words\n%stream wordcount --topic words');
    environments.running.set('orders', statusOf('orders', { notebook: 'another' }));
    environments.destroy = () =>
      Promise.reject(new HeadraceError('HR_ENVIRONMENT', 'It was made by another notebook'));
    await assert.rejects(
      cell('%provision aws --destroy orders'),
      failsWith('HR_ENVIRONMENT', /made by another notebook/)
    );
    assert.notEqual(notebook.away.streams.get('wordcount')?.status().state, 'stopped');
    assert.equal(runtime.targets.current, 'orders');
  });

  it('lists what could not be removed with its price, and keeps the profile', async test => {
    const { cell, notebook } = await openCells(test, { provisioned: false });
    await cell('%provision aws --apply orders --region eu-west-1');
    notebook.aws.environments.left = [
      {
        what: 'security group',
        id: 'sg-1',
        why: 'a rule of another group names it',
        perHour: null
      },
      { what: 'NAT gateway', id: 'nat-1', why: 'still deleting', perHour: 0.045 }
    ];
    const { text } = await cell('%provision aws --destroy orders');
    assert.match(text, /Removed 12 resources of orders in .*; 2 could not be removed\./);
    assert.match(text, /NAT gateway +nat-1 +still deleting +\$0\.045/);
    assert.match(text, /costs \$0\.045 an hour.*--destroy orders again/);
    assert.ok(notebook.profiles.saved.has('orders'));
  });

  it('refuses a name that is not typed right, and touches nothing', async test => {
    const { cell, notebook } = await openCells(test, { provisioned: false });
    notebook.aws.environments.running.set('orders', statusOf('orders'));
    await assert.rejects(
      cell('%provision aws --destroy order'),
      failsWith(
        'HR_ENVIRONMENT',
        /no environment order in eu-west-1\. Did you mean --destroy orders/
      )
    );
    await assert.rejects(
      cell('%provision aws --destroy orders --name other'),
      failsWith('HR_USAGE', /orders is not the name of the environment/)
    );
    notebook.aws.environments.running.clear();
    await assert.rejects(
      cell('%provision aws --destroy orders'),
      failsWith('HR_ENVIRONMENT', /Headrace has none there; perhaps it is in another --region/)
    );
    assert.deepEqual(notebook.aws.environments.destroyed, []);
  });
});

describe('%provision aws --status and --extend', () => {
  it('list the environments of a region, and say that one is over', async test => {
    const { cell, notebook } = await openCells(test, { provisioned: false });
    const { running } = notebook.aws.environments;
    assert.match((await cell('%provision aws --status')).out, /no environment in eu-west-1/);
    running.set('orders', statusOf('orders', { expiresAt: notebook.clock.now() + 7_200_000 }));
    running.set('old', statusOf('old', { expiresAt: notebook.clock.now() - 1 }));
    const { text } = await cell('%provision aws --status');
    assert.match(text, /orders +ready +ends in 2 h, 1970-01-01/);
    assert.match(text, /old +ready +over since 1970-01-01 \S+ UTC: destroy it, it may cost/);
    assert.doesNotMatch(text, /\d{12}/);
  });

  it('show one environment with its stacks', async test => {
    const { cell, notebook } = await openCells(test, { provisioned: false });
    const [net, kafka] = statusOf('orders').stacks;
    assert.ok(net !== undefined && kafka !== undefined);
    const failed = { ...kafka, status: 'ROLLBACK_IN_PROGRESS', reason: 'quota of brokers' };
    const missing = {
      layer: 'spark',
      name: 'headrace-orders-spark',
      status: null,
      reason: null
    } as const;
    notebook.aws.environments.running.set(
      'orders',
      statusOf('orders', { ready: false, stacks: [net, failed, missing] })
    );
    const { text } = await cell('%provision aws --status --name orders');
    assert.match(text, /headrace-orders-kafka +ROLLBACK_IN_PROGRESS +quota of brokers/);
    assert.match(text, /headrace-orders-spark +not made/);
    assert.match(text, /Kafka: ROLLBACK_IN_PROGRESS; ends in/);
    await assert.rejects(
      cell('%provision aws --status --name gone'),
      failsWith('HR_ENVIRONMENT', /no environment gone in eu-west-1/)
    );
  });

  it('say since when the EMR cluster has ended, and how to have another', async test => {
    const { cell, notebook } = await openCells(test, { provisioned: false });
    const ended = { cluster: 'j-1', at: Date.UTC(2026, 10, 29, 7) };
    notebook.aws.environments.running.set('orders', statusOf('orders', { ready: false, ended }));
    const { text } = await cell('%provision aws --status --name orders');
    assert.match(
      text,
      /The EMR cluster j-1 has ended since 2026-11-29 07:00 UTC: %provision aws --apply orders makes another; ends in/
    );
  });

  it('look where the environment was planned, whatever the surroundings say', async test => {
    const { cell, notebook } = await openCells(test, { provisioned: false });
    await cell('%provision aws --plan --name orders --region us-east-1');
    const regions: string[] = [];
    notebook.aws.environments.status = (...given: readonly unknown[]) => {
      regions.push(String(given[1]));
      return Promise.resolve(statusOf('orders'));
    };
    await cell('%provision aws --status --name orders');
    assert.deepEqual(regions, ['us-east-1']);
  });

  it('move the end', async test => {
    const { cell, notebook } = await openCells(test, { provisioned: false });
    const { out } = await cell('%provision aws --extend --name orders --ttl 4h');
    assert.match(out, /orders ends 2026-11-29 12:00 UTC now\./);
    assert.deepEqual(notebook.aws.environments.extended, [{ name: 'orders', ttlMs: 14_400_000 }]);
    await assert.rejects(
      cell('%provision aws --extend --name orders'),
      failsWith('HR_USAGE', /--extend needs --ttl/)
    );
  });
});
