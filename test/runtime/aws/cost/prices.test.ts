import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { PRICE_ITEMS, nearestPricedRegion } from '../../../../src/runtime/aws/cost/price-table.ts';
import { PRICES } from '../../../../src/runtime/aws/cost/prices.ts';
import { PRODUCTS } from '../../../../src/runtime/aws/cost/products.ts';
import { SIZE_TABLE } from '../../../../src/runtime/aws/environment/sizes.ts';

const REGIONS = ['us-east-1', 'us-west-2', 'eu-west-1', 'eu-central-1'];

describe('table of prices', () => {
  it('has a date and the four regions', () => {
    assert.match(PRICES.pricedAt, /^\d{4}-\d{2}-\d{2}$/);
    assert.deepEqual(Object.keys(PRICES.regions), REGIONS);
  });

  it('has every item in each region, above zero and with its source', () => {
    for (const region of REGIONS)
      for (const item of PRICE_ITEMS) {
        const price = PRICES.regions[region]?.[item];
        assert.ok(price !== undefined && price.usd > 0, `${item} in ${region}`);
        assert.ok(price.source.length > 20, `source of ${item} in ${region}`);
        assert.equal(price.unit, PRODUCTS[item].unit, `unit of ${item}`);
      }
  });

  it('has no price that is far from that of Virginia, as a slip of the point would be', () => {
    for (const region of REGIONS)
      for (const item of PRICE_ITEMS) {
        const here = PRICES.regions[region]?.[item]?.usd ?? 0;
        const there = PRICES.regions['us-east-1']?.[item]?.usd ?? 1;
        assert.ok(here / there >= 1 && here / there < 1.3, `${item} in ${region}: ${here / there}`);
      }
  });

  it('derives the prices of Graviton and of EMR from those they follow from', () => {
    for (const region of REGIONS) {
      const usd = (item: (typeof PRICE_ITEMS)[number]) => PRICES.regions[region]?.[item]?.usd ?? 0;
      const near = (value: number, wanted: number) => Math.abs(value / wanted - 1) < 0.002;
      assert.ok(near(usd('emr-serverless.arm.vcpu'), 0.8 * usd('emr-serverless.x86.vcpu')));
      assert.ok(near(usd('emr-serverless.arm.memory'), 0.8 * usd('emr-serverless.x86.memory')));
      assert.ok(near(usd('emr-eks.vcpu'), usd('emr-serverless.x86.vcpu') / 5.2));
      assert.ok(near(usd('emr.m7g.2xlarge'), usd('ec2.m7g.2xlarge') / 4));
    }
  });

  it('names a region that has prices as the nearest', () => {
    for (const region of [
      'us-gov-east-1',
      'ca-west-1',
      'mx-central-1',
      'il-central-1',
      'cn-north-1'
    ])
      assert.ok(REGIONS.includes(nearestPricedRegion(region)), region);
    for (const region of REGIONS) assert.equal(nearestPricedRegion(region), region);
  });
});

describe('sizes', () => {
  it('have a price for each machine', () => {
    for (const size of Object.values(SIZE_TABLE)) {
      const names = [
        `msk.${size.msk.instanceType}`,
        `ec2.${size.kafkaOnEc2.instanceType}`,
        `ec2.${size.bastion.instanceType}`,
        `ec2.${size.emrOnEc2.primaryType}`,
        `emr.${size.emrOnEc2.primaryType}`,
        `emr.${size.emrOnEc2.coreType}`
      ];
      for (const name of names)
        assert.ok(
          PRICE_ITEMS.some(item => item === name),
          name
        );
    }
  });

  it('have an odd number of KRaft voters and room to grow', () => {
    for (const size of Object.values(SIZE_TABLE)) {
      assert.equal(size.kafkaOnEc2.count % 2, 1);
      assert.ok(size.emrOnEc2.maxUnits > size.emrOnEc2.coreCount);
      assert.ok(size.emrServerless.maxMemoryGiB >= 4 * size.emrServerless.maxVcpu);
      assert.ok(size.emrServerless.maxDiskGiB >= 20 * size.emrServerless.maxVcpu);
    }
  });
});
