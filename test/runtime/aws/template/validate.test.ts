import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Resolved } from '../../../../src/runtime/aws/environment/spec.ts';
import { failsWith } from '../../../fakes/errors.ts';
import { synthesize } from '../../../../src/runtime/aws/template/synthesize.ts';
import { validateSpec } from '../../../../src/runtime/aws/template/validate.ts';
import { MATRIX, RESOLVED, specOf } from './matrix.ts';

const GIVEN = { id: 'vpc-01', subnets: ['subnet-01', 'subnet-02', 'subnet-03'] };
const EKS = { cluster: 'analytics', namespace: 'streams' };
const EKS_SPARK = { spark: 'emr-eks', eks: EKS };
const PUBLIC = { publicBrokers: true, subnets: 'public' };
const ME = { clientCidr: '203.0.113.7/32' };

const IMPOSSIBLE: readonly (readonly [
  string,
  Readonly<Record<string, unknown>>,
  Partial<Resolved>,
  RegExp
])[] = [
  [
    'serverless with mTLS',
    { kafka: 'msk-serverless', kafkaAuth: 'mtls' },
    {},
    /MSK Serverless cannot be used with mtls \(IAM is the only login.*--kafka msk/
  ],
  ['EC2 with IAM', { kafka: 'ec2' }, {}, /Kafka on EC2 cannot be used with iam .*Take none/],
  [
    'public brokers on EC2',
    { ...PUBLIC, kafka: 'ec2', kafkaAuth: 'none' },
    ME,
    /ec2 has no public addresses/
  ],
  [
    'public serverless',
    { ...PUBLIC, kafka: 'msk-serverless' },
    ME,
    /msk-serverless has no public addresses/
  ],
  [
    'public brokers with SCRAM',
    { ...PUBLIC, kafkaAuth: 'scram' },
    ME,
    /only IAM is open to the internet/
  ],
  ['public brokers in private subnets', { publicBrokers: true }, ME, /their subnets are private/],
  ['public brokers for nobody', PUBLIC, {}, /it is not known which address is to reach them/],
  [
    'public brokers for everybody',
    PUBLIC,
    { clientCidr: '0.0.0.0/0' },
    /0\.0\.0\.0\/0 cannot be let in/
  ],
  [
    'half of the internet',
    PUBLIC,
    { clientCidr: '128.0.0.0/1' },
    /128\.0\.0\.0\/1 cannot be let in/
  ],
  ['EKS without a cluster', { spark: 'emr-eks', vpc: GIVEN }, {}, /needs an EKS cluster/],
  ['EKS in a new VPC', EKS_SPARK, {}, /cannot be reached from the EKS cluster analytics .*--vpc/],
  ['a cluster without EKS', { eks: EKS }, {}, /emr-serverless does not run on the EKS cluster/],
  ['one zone', {}, { zones: ['eu-west-1a'] }, /needs two availability zones \(only eu-west-1a/],
  ['a zone twice', {}, { zones: ['eu-west-1a', 'eu-west-1a'] }, /has one twice/],
  ['four zones', {}, { zones: ['a', 'b', 'c', 'd'] }, /over 4 availability zones/],
  [
    'three brokers in two zones',
    { vpc: GIVEN },
    { zones: ['a', 'b'] },
    /3 subnets cannot be in 2 availability zones/
  ],
  [
    'MSK in four subnets',
    { vpc: { ...GIVEN, subnets: [...GIVEN.subnets, 'subnet-04'] } },
    { zones: ['a', 'b', 'c', 'd'] },
    /MSK cannot be spread over 4 subnets/
  ],
  [
    'an image of EKS on EMR Serverless',
    { release: 'emr-7.14.0-latest' },
    {},
    /has no release emr-7\.14\.0-latest .*Take --release emr-7\.14\.0\./
  ],
  ['a release that is too old', { release: 'emr-6.15.0' }, {}, /emr-6\.15\.0 is not known/],
  ['a notebook that is no tag', {}, { notebook: 'clicks*?' }, /clicks\*\? cannot be a tag/]
];

describe('what cannot be', () => {
  for (const [what, fields, resolved, line] of IMPOSSIBLE)
    it(`${what} is told in one sentence, with what to do`, () => {
      const spec = specOf(fields);
      const found = { ...RESOLVED, ...resolved };
      for (const refuse of [validateSpec, synthesize])
        assert.throws(() => refuse(spec, found), failsWith('HR_USAGE', line));
    });

  it('is nothing of the matrix', () => {
    for (const { spec, resolved } of MATRIX) validateSpec(spec, resolved);
  });
});
