import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { capabilitiesOf, fitRequest } from '../../../src/runtime/livy/capabilities.ts';
import { versionSchema } from '../../../src/runtime/livy/replies.ts';
import { livyTargetSchema, type LivyTarget } from '../../../src/runtime/livy/target.ts';

function record(
  version: string | null,
  type: LivyTarget['type'] = 'livy',
  overrides: LivyTarget['overrides'] = {}
) {
  const reply = version === null ? null : { version };
  return capabilitiesOf(reply, { type, overrides, auth: 'none' });
}

const gateway = versionSchema.parse({
  version: '0.9.0-headrace',
  headrace: {
    sparkVersion: '4.3.0',
    kinds: ['pyspark', 'sql', 'spark', 'cobol'],
    localFiles: true,
    realTimeMode: true
  }
});

describe('the capability record', () => {
  it('of the gateway is known by what it says of itself', () => {
    const known = capabilitiesOf(gateway, { type: 'livy', overrides: {}, auth: 'bearer' });
    assert.equal(known.type, 'gateway');
    assert.deepEqual(known.kinds, ['pyspark', 'sql', 'spark']);
    assert.ok(known.localFiles && known.realTimeMode && known.richOutput && known.sqlKind);
    assert.equal(known.sparkVersion, '4.3.0');
    assert.ok(known.pollMs.firstMs <= 5);
  });

  for (const [version, type, ttl, idleTimeout] of [
    ['0.9.0-incubating', 'livy', true, true],
    ['0.8.0-incubating', 'livy', true, false],
    ['0.7.1-incubating', 'livy', false, false],
    ['1.0.0', 'livy', true, true],
    ['0.8.0-incubating', 'emr-ec2', true, false],
    ['0.9.0-incubating', 'emr-eks', true, true],
    [null, 'livy', false, false],
    [null, 'emr-serverless', false, false]
  ] as const)
    it(`of ${type} ${version ?? 'without a version'} knows the fields of its release`, () => {
      const known = record(version, type);
      assert.deepEqual([known.ttl, known.idleTimeout], [ttl, idleTimeout]);
      assert.equal(known.richOutput, false);
      assert.ok(known.pollMs.firstMs >= 100);
    });

  it('gives way to what a person says', () => {
    const known = record('0.8.0', 'livy', { kinds: ['spark'], idleTimeout: true, maxSessions: 5 });
    assert.deepEqual([known.sqlKind, known.idleTimeout, known.maxSessions], [false, true, 5]);
  });
});

describe('the request for a session', () => {
  const asked = { name: 'n', ttl: '2h', idleTimeout: '1h', driverMemory: '1g', conf: { k: 'v' } };

  it('has what the release knows, and nothing else', () => {
    assert.deepEqual(fitRequest(asked, record('0.9.0'), {}), asked);
    const { idleTimeout, ...known } = asked;
    assert.deepEqual(fitRequest(asked, record('0.8.0'), {}), known);
    assert.ok(idleTimeout);
  });

  it('has the settings of the target, below those of the request', () => {
    const { conf } = fitRequest(asked, record('0.9.0'), { k: 'target', role: 'arn' });
    assert.deepEqual(conf, { k: 'v', role: 'arn' });
  });

  it('asks the gateway for outputs in order, unless the request says otherwise', () => {
    const known = capabilitiesOf(gateway, { type: 'gateway', overrides: {}, auth: 'bearer' });
    assert.deepEqual(fitRequest({}, known, {}).conf, { 'spark.headrace.richOutput': 'true' });
    const refused = { conf: { 'spark.headrace.richOutput': 'false' } };
    assert.deepEqual(fitRequest(refused, known, {}), refused);
  });
});

describe('a target in a profile', () => {
  it('needs little', () => {
    assert.deepEqual(livyTargetSchema.parse({ url: 'http://127.0.0.1:8998' }), {
      url: 'http://127.0.0.1:8998',
      type: 'livy',
      auth: { kind: 'none' },
      conf: {},
      overrides: {}
    });
  });

  for (const [what, target] of [
    ['another protocol', { url: 'ftp://host' }],
    ['an unknown type', { url: 'http://host', type: 'hdinsight' }],
    ['a misspelt override', { url: 'http://host', overrides: { Log: true } }],
    ['a region that is none', { url: 'http://host', auth: { kind: 'sigv4', region: 'Frankfurt' } }]
  ] as const)
    it(`has not ${what}`, () => assert.ok(!livyTargetSchema.safeParse(target).success));
});
