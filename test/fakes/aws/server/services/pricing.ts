import { createHash } from 'node:crypto';
import * as sdk from '@aws-sdk/client-pricing';
import { pageOf, type Action, type Service } from './service.ts';

/** A product of the price list with one on-demand price. */
interface Product {
  readonly service: string;
  readonly family: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly unit: string;
  readonly usd: string;
}

const product = (
  service: string,
  family: string,
  usage: string,
  unit: string,
  usd: string,
  attributes: Readonly<Record<string, string>> = {}
): Product => ({
  service,
  family,
  unit,
  usd,
  attributes: { servicecode: service, usagetype: usage, ...attributes }
});

const MACHINE = {
  operatingSystem: 'Linux',
  tenancy: 'Shared',
  preInstalledSw: 'NA',
  capacitystatus: 'Used',
  marketoption: 'OnDemand'
};
const MSK = 'Managed Streaming for Apache Kafka (MSK)';

/** Products as the price list of one region has them; `EU` stands before each usage there. */
const PRODUCTS: readonly Product[] = [
  product('AmazonMSK', MSK, 'EU-Kafka.t3.small', 'Hours', '0.0501000000', {
    group: 'Broker',
    computeFamily: 't3.small',
    operation: 'RunBroker'
  }),
  product('AmazonMSK', MSK, 'EU-Kafka.m7g.large', 'Hours', '0.2244000000', {
    group: 'Broker',
    computeFamily: 'm7g.large',
    operation: 'RunBroker'
  }),
  product('AmazonMSK', MSK, 'EU-Kafka.Storage.GP2', 'GB-Mo', '0.1100000000', {
    group: 'Storage',
    operation: 'RunVolume'
  }),
  product('AmazonMSK', MSK, 'EU-KafkaServerless-ClusterHours', 'Hours', '0.8250000000'),
  product('AmazonMSK', MSK, 'EU-KafkaServerless-PartitionHours', 'Hours', '0.0016500000'),
  product('AmazonEC2', 'Compute Instance', 'EU-BoxUsage:m7g.xlarge', 'Hrs', '0.1823000000', {
    instanceType: 'm7g.xlarge',
    ...MACHINE
  }),
  product('AmazonEC2', 'NAT Gateway', 'EU-NatGateway-Hours', 'Hrs', '0.0480000000', {
    group: 'NGW:NatGateway'
  }),
  product(
    'AmazonVPC',
    'VPC Public IPv4 Address',
    'EU-PublicIPv4:InUseAddress',
    'Hrs',
    '0.0050000000'
  ),
  product(
    'ElasticMapReduce',
    'Elastic Map Reduce Instance',
    'EU-BoxUsage:m7g.xlarge',
    'Hours',
    '0.0456000000',
    { instanceType: 'm7g.xlarge' }
  ),
  product(
    'ElasticMapReduce',
    'EMR Serverless',
    'EU-EMR-SERVERLESS-ARM-vCPUHours',
    'vCPU-Hours',
    '0.0463000000'
  ),
  product(
    'ElasticMapReduce',
    'EMR Serverless',
    'EU-EMR-SERVERLESS-ARM-MemoryGBHours',
    'GB-Hours',
    '0.0050800000'
  )
];

const getProducts: Action<sdk.GetProductsCommandInput, sdk.GetProductsCommandOutput> = (
  input,
  { world }
) => {
  const found = PRODUCTS.filter(({ service }) => service === input.ServiceCode).filter(each =>
    (input.Filters ?? []).every(filter => passes(each, world.region, filter))
  );
  const { items, next } = pageOf(world, found, input.NextToken, input.MaxResults ?? world.pageSize);
  return {
    FormatVersion: 'aws_v1',
    NextToken: next,
    PriceList: items.map(each => JSON.stringify(listed(each, world.region)))
  };
};

function passes(
  { attributes, family }: Product,
  region: string,
  { Type: type, Field: field = '', Value: value = '' }: sdk.Filter
): boolean {
  const held = { regionCode: region, productFamily: family, ...attributes }[field];
  if (held === undefined) return false;
  return type === 'CONTAINS' ? held.includes(value) : held.toLowerCase() === value.toLowerCase();
}

/** https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/using-the-aws-price-list-bulk-api-fetching-price-list-files-price-list-files-structure.html */
function listed({ service, family, attributes, unit, usd }: Product, region: string): object {
  const name = `${service} ${attributes['usagetype'] ?? ''}`;
  const sku = createHash('sha256').update(name).digest('hex').slice(0, 16).toUpperCase();
  const term = `${sku}.JRTCKXETXF`;
  const rate = `${term}.6YS6EN2CT7`;
  return {
    product: { productFamily: family, sku, attributes: { regionCode: region, ...attributes } },
    serviceCode: service,
    publicationDate: '2026-11-01T00:00:00Z',
    version: '20261101000000',
    terms: {
      OnDemand: {
        [term]: {
          sku,
          offerTermCode: 'JRTCKXETXF',
          effectiveDate: '2026-11-01T00:00:00Z',
          priceDimensions: {
            [rate]: {
              rateCode: rate,
              unit,
              beginRange: '0',
              endRange: 'Inf',
              pricePerUnit: { USD: usd }
            }
          }
        }
      }
    }
  };
}

/** https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_Operations_AWS_Price_List_Service.html */
export const pricing: Service = {
  name: 'pricing',
  signingName: 'pricing',
  sdk,
  protocol: 'json',
  actions: { GetProducts: getProducts }
};
