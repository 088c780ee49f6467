import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { costOf } from '../../../../src/runtime/aws/cost/cost-of.ts';
import { PRICE_ITEMS } from '../../../../src/runtime/aws/cost/price-table.ts';
import { PRICES } from '../../../../src/runtime/aws/cost/prices.ts';
import { refreshPrices } from '../../../../src/runtime/aws/cost/refresh.ts';
import { HeadraceError } from '../../../../src/shared/errors.ts';
import { listing, priceList } from './price-list.ts';
import { spec } from './specs.ts';

const clock = { now: () => Date.UTC(2027, 1, 3, 12) };
const signal = new AbortController().signal;

describe('refreshing prices', () => {
  it('reads every price of a region, with the date of today', async () => {
    const { getProducts } = priceList();
    const { prices, missing } = await refreshPrices(PRICES, 'sa-east-1', {
      getProducts,
      clock,
      signal
    });
    assert.deepEqual(missing, []);
    assert.equal(prices.pricedAt, '2027-02-03');
    assert.deepEqual(Object.keys(prices.regions), ['sa-east-1']);
    PRICE_ITEMS.forEach((item, at) => {
      const price = prices.regions['sa-east-1']?.[item];
      assert.equal(price?.usd, (at + 1) / 1000, item);
      assert.equal(price.basis, 'list');
      assert.match(price.source, /^GetProducts, usage type .+ in sa-east-1, 2027-02-03$/);
    });
  });

  it('asks each question once and for the region', async () => {
    const { getProducts, asked } = priceList();
    await refreshPrices(PRICES, 'sa-east-1', { getProducts, clock, signal });
    const questions = asked.map(({ serviceCode, contains }) => `${serviceCode} ${contains}`);
    assert.equal(new Set(questions).size, questions.length);
    assert.equal(questions.filter(each => each.startsWith('AmazonMSK')).length, 1);
    assert.ok(asked.every(({ region }) => region === 'sa-east-1'));
  });

  it('names what the list does not have, and keeps its old price with its source', async () => {
    const { getProducts } = priceList(item => (item === 'nat' ? [] : null));
    const { prices, missing } = await refreshPrices(PRICES, 'eu-west-1', {
      getProducts,
      clock,
      signal
    });
    assert.deepEqual(missing, ['nat']);
    assert.deepEqual(prices.regions['eu-west-1']?.nat, PRICES.regions['eu-west-1']?.nat);
  });

  it('does not choose between several prices', async () => {
    const two = ['0.1', '0.2'].map(usd => listing('SAE1-NatGateway-Hours', { '0': usd }));
    const { getProducts } = priceList(item => (item === 'nat' ? two : null));
    const { prices, missing } = await refreshPrices(PRICES, 'sa-east-1', {
      getProducts,
      clock,
      signal
    });
    assert.deepEqual(missing, ['nat']);
    assert.equal(prices.regions['sa-east-1']?.nat, undefined);
  });

  it('takes the first tier, and neither free ones nor what is no product', async () => {
    const tiers = listing('NatGateway-Hours', { '0': '0.06', '1000': '0.03' });
    const free = listing('SAE1-NatGateway-Hours', { '0': '0.0000000000' });
    const odd = ['', '{', '[]', '{"product":{"attributes":{"usagetype":"NatGateway-Hours"}}}'];
    const { getProducts } = priceList(item => (item === 'nat' ? [tiers, free, ...odd] : null));
    const { prices } = await refreshPrices(PRICES, 'us-east-1', { getProducts, clock, signal });
    assert.equal(prices.regions['us-east-1']?.nat?.usd, 0.06);
  });

  it('does not take the price of ARM for that of x86', async () => {
    const { getProducts } = priceList();
    const { prices } = await refreshPrices(PRICES, 'sa-east-1', { getProducts, clock, signal });
    const { 'emr-serverless.x86.vcpu': x86, 'emr-serverless.arm.vcpu': arm } =
      prices.regions['sa-east-1'] ?? {};
    assert.notEqual(x86?.usd, arm?.usd);
  });

  it('knows the usage types that begin with the whole name of the region', async () => {
    const texts = [
      listing('sa-east-1-KMS-Keys', { '0': '1.5' }),
      listing('SAE1-Other-KMS-Keys', { '0': '9' })
    ];
    const { getProducts } = priceList(item => (item === 'kms.key' ? texts : null));
    const { prices } = await refreshPrices(PRICES, 'sa-east-1', { getProducts, clock, signal });
    assert.equal(prices.regions['sa-east-1']?.['kms.key']?.usd, 1.5);
  });

  it('passes a refusal on', async () => {
    const refusal = new HeadraceError('HR_AWS_REFUSED', 'No right');
    const getProducts = () => Promise.reject(refusal);
    await assert.rejects(
      refreshPrices(PRICES, 'us-east-1', { getProducts, clock, signal }),
      refusal
    );
  });
});

describe('cost with a price list at hand', () => {
  const options = { prices: PRICES, zones: 3, clock, signal };

  it('comes from the table where that has the region', async () => {
    const getProducts = () => Promise.reject(new Error('not to be asked'));
    const cost = await costOf(spec(), { ...options, getProducts });
    assert.equal(cost.pricedAt, PRICES.pricedAt);
  });

  it('comes from the list for any other region', async () => {
    const { getProducts } = priceList();
    const cost = await costOf(spec({ region: 'sa-east-1' }), { ...options, getProducts });
    assert.equal(cost.pricedAt, '2027-02-03');
    const nat = PRICE_ITEMS.indexOf('nat') + 1;
    assert.equal(cost.items.find(item => item.what === 'the NAT gateway')?.idlePerHour, nat / 1000);
  });

  it('comes from the list for a region of the table too, where that is asked for', async () => {
    const { getProducts } = priceList(item => (item === 'nat' ? [] : null));
    const { items, notFresh } = await costOf(spec({ region: 'eu-west-1' }), {
      ...options,
      getProducts,
      fresh: true
    });
    assert.equal(notFresh, null);
    const originOf = (what: string) => items.find(item => item.what === what)?.origin;
    assert.deepEqual(originOf('the NAT gateway'), {
      by: 'table',
      at: PRICES.pricedAt,
      basis: 'list'
    });
    assert.deepEqual(originOf('the public address of the NAT gateway'), {
      by: 'api',
      at: '2027-02-03',
      basis: 'list'
    });
  });

  it('falls back to the table, and says why', async () => {
    const refusal = new HeadraceError('HR_AWS_REFUSED', 'AWS does not allow pricing:GetProducts');
    const cost = await costOf(spec(), {
      ...options,
      getProducts: () => Promise.reject(refusal),
      fresh: true
    });
    assert.equal(cost.notFresh, 'AWS does not allow pricing:GetProducts');
    assert.equal(cost.pricedAt, PRICES.pricedAt);
    assert.ok(cost.items.every(({ origin }) => origin.by === 'table'));
  });

  it('is refused where the list may not be asked', async () => {
    for (const code of ['HR_AWS_REFUSED', 'HR_AWS_UNREACHABLE'] as const) {
      const getProducts = () => Promise.reject(new HeadraceError(code, 'No'));
      await assert.rejects(
        costOf(spec({ region: 'eu-north-1' }), { ...options, getProducts }),
        /The prices of eu-north-1 are not known/
      );
    }
  });

  it('ends with the error of a list that fails in another way', async () => {
    const getProducts = () => Promise.reject(new HeadraceError('HR_AWS_CREDENTIALS', 'Expired'));
    await assert.rejects(
      costOf(spec({ region: 'eu-north-1' }), { ...options, getProducts }),
      /Expired/
    );
  });
});
