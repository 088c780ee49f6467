import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { estimateCost } from '../../../../src/runtime/aws/cost/estimate.ts';
import { PRICES } from '../../../../src/runtime/aws/cost/prices.ts';
import {
  KAFKA_KINDS,
  SIZES,
  SPARK_KINDS,
  SUBNET_KINDS
} from '../../../../src/runtime/aws/environment/spec.ts';
import { HeadraceError } from '../../../../src/shared/errors.ts';
import { spec } from './specs.ts';

const REGIONS = Object.keys(PRICES.regions);
const estimate = (asked: Record<string, unknown>, zones = 3) =>
  estimateCost(spec(asked), { prices: PRICES, zones });
const line = (asked: Record<string, unknown>, what: RegExp, zones = 3) =>
  estimate(asked, zones).items.find(item => what.test(item.what));

const anySpec = fc.record({
  region: fc.constantFrom(...REGIONS),
  subnets: fc.constantFrom(...SUBNET_KINDS),
  kafka: fc.constantFrom(...KAFKA_KINDS),
  spark: fc.constantFrom(...SPARK_KINDS),
  size: fc.constantFrom(...SIZES),
  publicBrokers: fc.boolean(),
  ttlMs: fc.integer({ min: 1, max: 100 * 3_600_000 }),
  vpc: fc.constantFrom('new', { id: 'vpc-1', subnets: ['subnet-1', 'subnet-2'] })
});
const zonesOf = fc.integer({ min: 2, max: 3 });

describe('cost of an environment', () => {
  it('has a price for every environment that can be asked for in the four regions', () => {
    fc.assert(
      fc.property(anySpec, zonesOf, (asked, zones) => {
        const cost = estimate(asked, zones);
        assert.ok(cost.mostPerHour >= cost.idlePerHour);
        assert.ok(cost.mostPerHour > 0);
        for (const item of cost.items) assert.ok(item.mostPerHour >= item.idlePerHour, item.what);
      })
    );
  });

  it('is the sum of its lines', () => {
    fc.assert(
      fc.property(anySpec, zonesOf, (asked, zones) => {
        const { items, idlePerHour, mostPerHour } = estimate(asked, zones);
        const close = (value: number, other: number) => Math.abs(value - other) < 1e-9;
        assert.ok(
          close(
            idlePerHour,
            items.reduce((sum, item) => sum + item.idlePerHour, 0)
          )
        );
        assert.ok(
          close(
            mostPerHour,
            items.reduce((sum, item) => sum + item.mostPerHour, 0)
          )
        );
      })
    );
  });

  it('is never less for a larger size', () => {
    fc.assert(
      fc.property(anySpec, zonesOf, (asked, zones) => {
        const [dev, standard, large] = SIZES.map(size => estimate({ ...asked, size }, zones));
        assert.ok(dev && standard && large);
        assert.ok(dev.mostPerHour <= standard.mostPerHour);
        assert.ok(standard.mostPerHour <= large.mostPerHour);
        assert.ok(dev.idlePerHour <= large.idlePerHour);
      })
    );
  });

  it('takes hours, date and region from where they are', () => {
    const cost = estimate({ region: 'eu-west-1', ttlMs: 5_400_000 });
    assert.equal(cost.hours, 1.5);
    assert.equal(cost.region, 'eu-west-1');
    assert.equal(cost.pricedAt, PRICES.pricedAt);
  });

  it('counts a broker for each zone', () => {
    assert.equal(line({}, /brokers$/, 3)?.what, '3 kafka.t3.small brokers');
    assert.equal(line({}, /brokers$/, 2)?.mostPerHour, 2 * 0.0456);
    assert.match(
      line({ size: 'large' }, /xlarge/, 3)?.what ?? '',
      /^6 kafka\.m7g\.xlarge brokers$/
    );
  });

  it('has a NAT gateway in a network of its own with private subnets only', () => {
    const nat = /^the NAT gateway/;
    assert.equal(line({}, nat)?.idlePerHour, 0.045);
    assert.equal(line({ subnets: 'public' }, nat), undefined);
    const vpc = { id: 'vpc-1', subnets: ['subnet-1', 'subnet-2', 'subnet-3'] };
    assert.equal(line({ vpc }, nat), undefined);
  });

  it('has a bastion where private brokers on EC2 have no other door', () => {
    assert.ok(line({ kafka: 'ec2', kafkaAuth: 'none' }, /bastion, t4g\.nano/));
    assert.equal(
      line({ kafka: 'ec2', kafkaAuth: 'none', subnets: 'public' }, /bastion/),
      undefined
    );
    assert.equal(line({}, /bastion/), undefined);
  });

  it('asks for public addresses of machines in public subnets, and of brokers that are made public', () => {
    const asked = { kafka: 'ec2', kafkaAuth: 'none', spark: 'emr-ec2', subnets: 'public' };
    assert.equal(line(asked, /address of a broker/)?.mostPerHour, 0.005);
    assert.equal(line(asked, /^2 to 3 public addresses of nodes/)?.mostPerHour, 3 * 0.005);
    assert.equal(line({ publicBrokers: true }, /addresses of brokers/)?.idlePerHour, 3 * 0.005);
  });

  it('costs nothing for Spark while EMR Serverless is stopped', () => {
    const spark = estimate({}).items.filter(item => item.layer === 'spark');
    assert.equal(spark.length, 3);
    for (const item of spark) assert.equal(item.idlePerHour, 0);
  });

  it('adds to each EMR node what EMR asks for it', () => {
    const primary = line({ spark: 'emr-ec2' }, /primary node/);
    assert.ok(Math.abs((primary?.idlePerHour ?? 0) - (0.1632 + 0.0408)) < 1e-12);
  });

  it('says what the sums are without', () => {
    assert.match(estimate({ spark: 'emr-eks' }).without.join(), /EKS cluster and its nodes/);
    assert.match(estimate({ kafka: 'msk-serverless' }).without.join(), /kept in MSK Serverless/);
    const emr8 = { spark: 'emr-ec2', release: 'emr-spark-8.1.0' };
    assert.match(estimate(emr8).without.join(), /interface endpoint/);
    assert.doesNotMatch(estimate({ subnets: 'public' }).without.join(), /NAT/);
  });

  it('counts what logins other than IAM are paid for by the month', () => {
    const scram = line({ kafkaAuth: 'scram' }, /secret of SCRAM/);
    assert.ok(Math.abs((scram?.idlePerHour ?? 0) - 1.4 / 730) < 1e-12);
    const mtls = line({ kafkaAuth: 'mtls' }, /certificate authority/);
    assert.equal(mtls?.idlePerHour.toFixed(4), (400 / 730).toFixed(4));
    assert.equal(line({ kafka: 'ec2', kafkaAuth: 'none' }, /secret|authority/), undefined);
  });

  it('has for each line the least certain of its prices', () => {
    const machine = line({ spark: 'emr-ec2' }, /primary node/);
    assert.deepEqual(machine?.origin, { by: 'table', at: PRICES.pricedAt, basis: 'derived' });
    assert.equal(line({}, /^the NAT gateway/)?.origin.basis, 'list');
  });

  it('marks a line whose price is a bound', () => {
    const asked = { region: 'eu-central-1', size: 'standard' };
    assert.ok(line(asked, /kafka\.m7g\.large brokers, at most$/));
    assert.ok(line({ region: 'us-east-1', size: 'standard' }, /kafka\.m7g\.large brokers$/));
  });
});

describe('cost where the prices are not known', () => {
  const NEAREST = {
    'eu-west-2': 'eu-west-1',
    'eu-north-1': 'eu-central-1',
    'ap-southeast-1': 'us-west-2',
    'us-east-2': 'us-east-1',
    'sa-east-1': 'us-east-1',
    'af-south-1': 'eu-central-1'
  };

  it('is refused with the nearest region that has prices', () => {
    for (const [region, nearest] of Object.entries(NEAREST))
      assert.throws(
        () => estimate({ region }),
        (error: unknown) =>
          error instanceof HeadraceError &&
          error.code === 'HR_USAGE' &&
          error.line.startsWith(`The prices of ${region} are not known (`) &&
          error.line.includes(`--region ${nearest}, the nearest with known prices.`)
      );
  });

  it('is refused by the name of the one price that is missing', () => {
    const rest = Object.fromEntries(
      Object.entries(PRICES.regions['us-east-1'] ?? {}).filter(([item]) => item !== 'msk.storage')
    );
    const prices = { ...PRICES, regions: { 'us-east-1': rest } };
    assert.throws(
      () => estimateCost(spec(), { prices, zones: 3 }),
      /^HeadraceError: The price of msk\.storage in us-east-1 is not known/
    );
  });
});
