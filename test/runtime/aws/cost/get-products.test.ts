import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { Pricing } from '@aws-sdk/client-pricing';
import { getProductsWith } from '../../../../src/runtime/aws/cost/get-products.ts';
import { PRODUCTS } from '../../../../src/runtime/aws/cost/products.ts';

/** What the stand-in was asked, and what it will answer next. */
const asked: unknown[] = [];
const answers: { status: number; body: unknown }[] = [];

function answer(server: Server): void {
  server.on('request', (request, response) => {
    let text = '';
    request.on('data', (part: Buffer) => (text += part.toString()));
    request.on('end', () => {
      asked.push(JSON.parse(text));
      const { status, body } = answers.shift() ?? { status: 500, body: {} };
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
      response.end(JSON.stringify(body));
    });
  });
}

describe('the Pricing API', () => {
  const server = createServer();
  let client: Pricing;

  before(async () => {
    answer(server);
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    client = new Pricing({
      region: 'us-east-1',
      endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
      maxAttempts: 1
    });
  });
  after(() => {
    client.destroy();
    server.close();
  });

  const getProducts = () =>
    getProductsWith({ pricing: () => Promise.resolve(client), profile: undefined });
  const signal = new AbortController().signal;

  it('is asked page by page, with the region and the usage type', async () => {
    answers.push({ status: 200, body: { PriceList: ['{"a":1}'], NextToken: 'more' } });
    answers.push({ status: 200, body: { PriceList: ['{"b":2}'] } });
    const texts = await getProducts()('eu-west-1', PRODUCTS['ec2.m7g.large'].query, signal);
    assert.deepEqual(texts, ['{"a":1}', '{"b":2}']);
    const [first, second] = asked.splice(0) as Record<string, unknown>[];
    assert.equal(first?.['ServiceCode'], 'AmazonEC2');
    assert.deepEqual((first['Filters'] as unknown[]).slice(0, 3), [
      { Type: 'CONTAINS', Field: 'usagetype', Value: 'BoxUsage:m7g.large' },
      { Type: 'TERM_MATCH', Field: 'regionCode', Value: 'eu-west-1' },
      { Type: 'TERM_MATCH', Field: 'operatingSystem', Value: 'Linux' }
    ]);
    assert.equal(first['NextToken'], undefined);
    assert.equal(second?.['NextToken'], 'more');
  });

  it('ends after a number of pages, whatever it says', async () => {
    const page = { status: 200, body: { PriceList: ['{}'], NextToken: 'again' } };
    answers.push(...Array.from({ length: 30 }, () => page));
    const texts = await getProducts()('eu-west-1', PRODUCTS.nat.query, signal);
    assert.equal(texts.length, 20);
    answers.length = 0;
  });

  it('says which right is missing', async () => {
    const body = { __type: 'AccessDeniedException', Message: 'not authorized' };
    answers.push({ status: 400, body });
    await assert.rejects(
      getProducts()('eu-west-1', PRODUCTS.nat.query, signal),
      (error: Error & { code?: string; line?: string }) =>
        error.code === 'HR_AWS_REFUSED' && (error.line ?? '').includes('pricing:GetProducts')
    );
  });
});
