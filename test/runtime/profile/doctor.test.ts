import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import type { Diagnosis } from '../../../src/runtime/profile/doctor/port.ts';
import type { TargetProfile } from '../../../src/runtime/profile/profile.ts';
import { masked } from '../../../src/runtime/profile/doctor/aws-checks.ts';
import { isPrivateAddress, parseAddress } from '../../../src/runtime/profile/doctor/addresses.ts';
import { HeadraceError } from '../../../src/shared/errors.ts';
import { failsWith } from '../../fakes/errors.ts';
import { awsProfile } from '../../fakes/memory-aws.ts';
import { text } from '../../fakes/memory-livy.ts';
import { testNotebook, type TestNotebook } from '../../fakes/notebook.ts';
import { plainProfile } from '../../fakes/profiles.ts';

const BROKER = 'b-1.orders.kafka.eu-west-1.amazonaws.com';

interface Ward {
  readonly notebook: TestNotebook;
  readonly diagnose: (profile: TargetProfile) => Promise<Diagnosis>;
  /** What the first check that is wrong says, and how to put it right. */
  readonly wrong: (profile: TargetProfile) => Promise<readonly [name: string, line: string]>;
}

async function open(test: TestContext): Promise<Ward> {
  const notebook = await testNotebook(test);
  const runtime = await notebook.kernel();
  const diagnose = async (profile: TargetProfile): Promise<Diagnosis> => {
    await notebook.profiles.save(profile);
    return runtime.targets.diagnose(profile.name, () => undefined, notebook.abort.signal);
  };
  const wrong: Ward['wrong'] = async profile => {
    const { rows, next } = await diagnose(profile);
    const found = rows.find(({ state }) => state === 'wrong');
    const after = rows.slice(rows.findIndex(({ state }) => state === 'wrong') + 1);
    assert.ok(
      after.every(({ state }) => state === 'waiting'),
      'later checks were not run'
    );
    return [found?.name ?? '', `${found?.detail ?? ''}. ${next ?? ''}`];
  };
  return { notebook, diagnose, wrong };
}

describe('the checks of a target', () => {
  it('pass in order, and tell of each as it is done', async test => {
    const { notebook, diagnose } = await open(test);
    await notebook.away.session.ensure(() => undefined);
    notebook.away.livy.answer = () => text('headrace-missing:');
    const { rows, next } = await diagnose(awsProfile('orders'));
    assert.equal(next, null);
    assert.deepEqual(
      rows.map(({ name, state }) => [name, state]),
      [
        ['credentials', 'ok'],
        ['region', 'ok'],
        ['role', 'ok'],
        ['security groups', 'ok'],
        ['DNS', 'ok'],
        ['brokers', 'ok'],
        ['Kafka', 'ok'],
        ['Livy', 'ok'],
        ['session', 'ok'],
        ['jars', 'ok']
      ]
    );
    assert.equal(notebook.away.livy.created.length, 0, 'no session was started');
    assert.ok(notebook.away.kafka.closed);
  });

  it('leave out what a target without AWS does not need', async test => {
    const { diagnose } = await open(test);
    const { rows } = await diagnose(plainProfile('lab'));
    assert.deepEqual(
      rows.map(({ state }) => state),
      ['skipped', 'skipped', 'skipped', 'skipped', 'ok', 'ok', 'ok', 'ok', 'ok', 'skipped']
    );
  });

  it('find another account, and show no account in full', async test => {
    const { notebook, wrong } = await open(test);
    notebook.aws.account = '999988887777';
    const [name, line] = await wrong(awsProfile('orders'));
    assert.equal(name, 'credentials');
    assert.match(line, /signed in to account …7777, the profile is of …3333\. Sign in/);
    assert.doesNotMatch(line, /\d{12}/);
  });

  it('give the words of AWS for credentials that have expired', async test => {
    const { notebook, wrong } = await open(test);
    notebook.aws.probes.identity = () =>
      Promise.reject(
        new HeadraceError('HR_AWS_CREDENTIALS', 'Your sign-in has expired', {
          next: 'Run: aws sso login.'
        })
      );
    assert.deepEqual(await wrong(awsProfile('orders')), [
      'credentials',
      'Your sign-in has expired. Run: aws sso login.'
    ]);
  });

  it('find parts in two regions by the names of their hosts', async test => {
    const { wrong } = await open(test);
    const profile = awsProfile('orders', { brokers: ['b-1.x.kafka.us-east-1.amazonaws.com:9098'] });
    const [name, line] = await wrong(profile);
    assert.equal(name, 'region');
    assert.match(line, /eu-west-1, but b-1\.x\.kafka\.us-east-1\S+ in us-east-1/);
  });

  it('find a role that is not named, not there, or not for EMR Serverless', async test => {
    const { notebook, wrong } = await open(test);
    const profile = awsProfile('orders');
    const bare = { ...profile, livy: { ...profile.livy, conf: {} } };
    assert.match((await wrong(bare)).join(' '), /^role .*names no execution role.*--role ARN/);
    notebook.aws.trusted = ['ec2.amazonaws.com'];
    assert.match((await wrong(profile)).join(' '), /^role .*may not take on .*trust policy/);
    notebook.aws.trusted = null;
    assert.match((await wrong(profile)).join(' '), /^role there is no role arn:aws:iam::…3333/);
  });

  it('find a port that the rules keep shut for Spark', async test => {
    const { notebook, wrong } = await open(test);
    notebook.aws.closed = [9098];
    const [name, line] = await wrong(awsProfile('orders'));
    assert.equal(name, 'security groups');
    assert.match(line, /at port 9098\. Add a rule .*--apply orders again/);
  });

  it('find a name without an address and a port that is shut', async test => {
    const { notebook, wrong } = await open(test);
    notebook.network.closed.add('kafka.example.org:9092');
    assert.match(
      (await wrong(plainProfile('lab'))).join(' '),
      /^brokers kafka\.example\.org:9092 accepts no connection \(ECONNREFUSED\)/
    );
    notebook.network.unknown.add('spark.example.org');
    assert.match((await wrong(plainProfile('lab'))).join(' '), /^DNS the name spark\.example\.org/);
  });

  it('leave brokers to Spark that are reached through it, and start no session for them', async test => {
    const { notebook, diagnose } = await open(test);
    notebook.network.unknown.add(BROKER);
    notebook.away.kafka.admin.listTopics = () => Promise.reject(new Error('was asked'));
    const { rows, next } = await diagnose(awsProfile('orders', { reach: 'relay' }));
    assert.equal(next, null);
    const skipped = rows.filter(({ state }) => state === 'skipped').map(({ name }) => name);
    assert.deepEqual(skipped, ['brokers', 'Kafka', 'jars']);
    assert.deepEqual(notebook.away.livy.created, []);
  });

  it('go on where brokers beside EMR are only seen from inside', async test => {
    const { notebook, diagnose, wrong } = await open(test);
    notebook.network.addresses.set(BROKER, ['10.0.1.7']);
    notebook.network.closed.add(`${BROKER}:9098`);
    notebook.away.kafka.admin.listTopics = () =>
      Promise.reject(new HeadraceError('HR_BROKER_UNREACHABLE', 'No Kafka broker answers'));
    const { rows, next } = await diagnose(awsProfile('orders'));
    assert.equal(next, null);
    assert.deepEqual(
      rows.filter(({ detail }) => detail.includes('private network')).map(({ name }) => name),
      ['brokers', 'Kafka']
    );
    const plain = plainProfile('lab', { brokers: [`${BROKER}:9098`] });
    assert.equal((await wrong(plain))[0], 'brokers', 'elsewhere that is a fault');
  });

  it('give the words of the broker and of Livy', async test => {
    const { notebook, wrong } = await open(test);
    notebook.away.livy.listSessions = () =>
      Promise.reject(
        new HeadraceError('HR_LIVY_REFUSED', 'Forbidden', {
          why: 'GET /sessions was answered with status 403',
          next: 'Check the credentials.'
        })
      );
    assert.match(
      (await wrong(plainProfile('lab'))).join(' '),
      /^Livy Forbidden \(GET .* 403\)\. Check/
    );
    notebook.away.kafka.admin.listTopics = () =>
      Promise.reject(
        new HeadraceError('HR_BROKER_REFUSED', 'The Kafka broker refused the request')
      );
    assert.match((await wrong(plainProfile('lab'))).join(' '), /^Kafka The Kafka broker refused/);
  });

  it('find a dead session with its last words, and an endpoint that is full', async test => {
    const { notebook, wrong } = await open(test);
    const { session, livy } = notebook.away;
    const current = await session.ensure(() => undefined);
    session.current = { ...current, state: 'dead', log: ['fine', 'OutOfMemoryError', ''] };
    assert.match(
      (await wrong(plainProfile('lab'))).join(' '),
      /^session .* is dead: OutOfMemoryError/
    );
    session.current = null;
    livy.overrides = { maxSessions: 1 };
    livy.add({ name: 'other' });
    assert.match((await wrong(plainProfile('lab'))).join(' '), /^session all 1 sessions .* taken/);
  });

  it('find the jars that Spark lacks, and ask for those of IAM only where they are needed', async test => {
    const { notebook, wrong } = await open(test);
    await notebook.away.session.ensure(() => undefined);
    const { livy } = notebook.away;
    livy.answer = () => text('a warning\nheadrace-missing:spark-sql-kafka-0-10,aws-msk-iam-auth\n');
    assert.match(
      (await wrong(awsProfile('orders'))).join(' '),
      /^jars Spark lacks spark-sql-kafka-0-10 and aws-msk-iam-auth\. .*%configure/
    );
    assert.match(livy.statements.at(-1) ?? '', /IAMLoginModule/);
    await wrong(plainProfile('lab'));
    assert.doesNotMatch(livy.statements.at(-1) ?? '', /IAMLoginModule/);
  });

  it('take no answer for half a minute as one that is wrong', async test => {
    const { notebook, wrong } = await open(test);
    notebook.away.kafka.admin.listTopics = () => new Promise(() => undefined);
    assert.match(
      (await wrong(plainProfile('lab'))).join(' '),
      /^Kafka There was no answer for 30 s/
    );
  });

  it('end when they are interrupted', async test => {
    const { notebook, diagnose } = await open(test);
    notebook.away.kafka.admin.listTopics = signal =>
      new Promise((_, reject) => {
        signal?.addEventListener('abort', () =>
          reject(new HeadraceError('HR_INTERRUPTED', 'Interrupted'))
        );
        notebook.abort.abort();
      });
    await assert.rejects(diagnose(plainProfile('lab')), failsWith('HR_INTERRUPTED', /./));
  });

  it('say that there is no such target', async test => {
    const { notebook } = await open(test);
    const runtime = await notebook.kernel();
    await notebook.profiles.save(plainProfile('lab'));
    const { signal } = notebook.abort;
    await assert.rejects(
      runtime.targets.diagnose('lap', () => undefined, signal),
      failsWith('HR_USAGE', /no profile lap\. Did you mean lab\? Known: local, lab\./)
    );
    await assert.rejects(
      runtime.targets.diagnose('local', () => undefined, signal),
      failsWith('HR_NOT_PROVISIONED', /does not run\. Run %provision local/)
    );
  });
});

describe('addresses', () => {
  it('are private by the networks of the standards', () => {
    for (const address of ['10.1.2.3', '172.31.0.1', '192.168.0.9', '100.64.1.1', 'fd00::1'])
      assert.ok(isPrivateAddress(address), address);
    for (const address of ['172.32.0.1', '8.8.8.8', '2600::1', '11.0.0.1'])
      assert.ok(!isPrivateAddress(address), address);
  });

  it('come apart, also those of IPv6', () => {
    assert.deepEqual(parseAddress('[::1]:9092'), { host: '::1', port: 9092 });
    assert.deepEqual(parseAddress('a.b:9'), { host: 'a.b', port: 9 });
  });

  it('are shown without the account', () => {
    assert.equal(masked('arn:aws:iam::111122223333:role/x'), 'arn:aws:iam::…3333:role/x');
  });
});
