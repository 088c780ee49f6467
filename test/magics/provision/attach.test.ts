import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { failsWith } from '../../fakes/errors.ts';
import { awsProfile } from '../../fakes/memory-aws.ts';
import { openCells } from '../../fakes/notebook.ts';

const PLAIN = '%provision attach --brokers a:9092,b:9092 --livy http://spark:8998 --as lab';
const MSK = 'b-1.x.kafka.eu-west-1.amazonaws.com';
const SERVERLESS = 'https://00f.livy.emr-serverless-services.eu-west-1.amazonaws.com';
const ROLE = '--role arn:aws:iam::111122223333:role/jobs';

describe('%provision attach', () => {
  it('writes a profile and moves the notebook there', async test => {
    const { cell, notebook, runtime } = await openCells(test, { provisioned: false });
    const { text, out } = await cell(PLAIN);
    assert.match(out, /was attached to nothing; it goes to lab/);
    assert.match(text, /On lab after .*Kafka at a:9092, b:9092, Livy at http:\/\/spark:8998/);
    assert.equal(runtime.endpoints?.target, 'lab');
    assert.deepEqual(notebook.profiles.saved.get('lab')?.brokers, ['a:9092', 'b:9092']);
    assert.equal(notebook.away.session.current, null);
  });

  it('only writes when that is asked', async test => {
    const { cell, notebook, runtime } = await openCells(test);
    const { out } = await cell(`${PLAIN} --only-write`);
    assert.match(out, /Wrote the profile lab\..*%provision use lab.*%provision doctor lab/);
    assert.equal(runtime.endpoints?.target, 'local');
    assert.ok(notebook.profiles.saved.has('lab'));
  });

  it('reads from MSK and EMR Serverless addresses what they tell', async test => {
    const { cell, notebook } = await openCells(test, { provisioned: false });
    await cell(`%provision attach --brokers ${MSK}:9098 --livy ${SERVERLESS} ${ROLE} --as prod`);
    const profile = notebook.profiles.saved.get('prod');
    assert.deepEqual(profile?.kafkaAuth, { kind: 'iam', region: 'eu-west-1' });
    assert.equal(profile.livy.type, 'emr-serverless');
    assert.deepEqual(profile.livy.auth, { kind: 'sigv4', region: 'eu-west-1' });
    assert.deepEqual(Object.values(profile.livy.conf), ['arn:aws:iam::111122223333:role/jobs']);
  });

  it('reaches brokers through Spark where that is asked, but not with a secret', async test => {
    const { cell, notebook } = await openCells(test, { provisioned: false });
    const { text } = await cell(`${PLAIN} --through-spark`);
    assert.equal(notebook.profiles.saved.get('lab')?.reach, 'relay');
    assert.match(text, /go through a small Spark session/);
    await cell(PLAIN);
    assert.equal(notebook.profiles.saved.get('lab')?.reach, 'direct');
    await assert.rejects(
      cell(`${PLAIN} --through-spark --auth scram --user ada --password-env KAFKA_PASSWORD`),
      failsWith('HR_USAGE', /cannot use --through-spark with --auth scram/)
    );
  });

  it('keeps where secrets are, not what they are', async test => {
    const { cell, notebook } = await openCells(test, { provisioned: false });
    await cell(`${PLAIN} --auth scram --user ada --password-env KAFKA_PASSWORD`);
    assert.deepEqual(notebook.profiles.saved.get('lab')?.kafkaAuth, {
      kind: 'scram',
      mechanism: 'SCRAM-SHA-512',
      username: 'ada',
      password: { env: 'KAFKA_PASSWORD' }
    });
    await notebook.file('ada.pem');
    await notebook.file('ada.key');
    await cell(`${PLAIN} --auth mtls --cert ada.pem --key ada.key`);
    assert.deepEqual(notebook.profiles.saved.get('lab')?.kafkaAuth, {
      kind: 'mtls',
      cert: `${notebook.cwd}/ada.pem`,
      key: `${notebook.cwd}/ada.key`
    });
  });

  it('reads the secret of Livy from a file, and shows it nowhere', async test => {
    const { cell, notebook } = await openCells(test, { provisioned: false });
    await notebook.file('token', 'hunter2\nmore');
    const { text, err } = await cell(`${PLAIN} --livy-auth bearer --livy-secret-file token`);
    const { livy } = notebook.profiles.saved.get('lab') ?? {};
    assert.deepEqual(livy?.auth, { kind: 'bearer', token: 'hunter2' });
    assert.doesNotMatch(text + err, /hunter2/);
  });

  it('takes from a CloudFormation stack what is not given', async test => {
    const { cell, notebook } = await openCells(test, { provisioned: false });
    const { brokers, kafkaAuth, livy, environment } = awsProfile('x');
    assert.ok(environment !== null);
    notebook.aws.resolved.set('team', { brokers, kafkaAuth, livy, environment });
    await cell('%provision attach --stack team --as prod');
    const saved = notebook.profiles.saved.get('prod');
    assert.deepEqual([saved?.brokers, saved?.kafkaAuth, saved?.livy], [brokers, kafkaAuth, livy]);
    await cell('%provision attach --stack team --brokers a:9092 --as mixed --only-write');
    const mixed = notebook.profiles.saved.get('mixed');
    assert.deepEqual([mixed?.brokers, mixed?.kafkaAuth], [['a:9092'], { kind: 'none' }]);
    await assert.rejects(
      cell('%provision attach --stack gone --as prod'),
      failsWith('HR_ENVIRONMENT', /There is no stack gone/)
    );
  });

  it('does not touch the profile of an environment', async test => {
    const { cell, notebook } = await openCells(test, { provisioned: false });
    await notebook.profiles.save(awsProfile('lab'));
    await assert.rejects(cell(PLAIN), failsWith('HR_USAGE', /is of an environment on AWS.*--as/));
    assert.equal(notebook.profiles.saved.get('lab')?.kind, 'aws');
  });

  it('says in one line what is missing or does not fit', async test => {
    const { cell, notebook } = await openCells(test, { provisioned: false });
    notebook.aws.environments.region = null;
    const wrong: readonly (readonly [string, RegExp])[] = [
      ['--livy http://s:1 --as lab', /needs --brokers/],
      ['--brokers a --livy http://s:1 --as lab', /cannot use the broker a: it must be HOST:PORT/],
      ['--brokers a:1 --as lab', /needs --livy URL/],
      ['--brokers a:1 --livy ftp://s --as lab', /--livy ftp:\/\/s: it must be a URL/],
      ['--brokers a:1 --livy http://s:1 --as local', /is the name of the stack of this machine/],
      ['--brokers a:1 --livy http://s:1 --auth scram --as lab', /needs --user/],
      ['--brokers a:1 --livy http://s:1 --auth scram --user u --as lab', /needs --password-env or/],
      ['--brokers a:1 --livy http://s:1 --auth mtls --as lab', /needs --cert and --key/],
      ['--brokers a:1 --livy http://s:1 --auth iam --as lab', /needs --region/],
      ['--brokers a:1 --livy http://s:1 --livy-auth basic --as lab', /needs --livy-user/],
      [`--brokers a:1 --livy ${SERVERLESS} --as lab`, /needs --role ARN/],
      [`--brokers ${MSK}:9098 --livy http://s:1 --auth scram --as lab`, /MSK for iam.*--auth iam/],
      ['--brokers a:1 --livy http://s:1', /needs --as/]
    ];
    for (const [flags, line] of wrong)
      await assert.rejects(cell(`%provision attach ${flags}`), failsWith('HR_USAGE', line), flags);
    assert.equal(notebook.profiles.saved.size, 0);
  });
});
