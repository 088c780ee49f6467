import type { PriceItem, PriceUnit } from './price-table.ts';

/** A question to the Pricing API. https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_pricing_GetProducts.html */
export interface ProductQuery {
  readonly serviceCode: string;
  /** Part of the attribute `usagetype`. */
  readonly usageContains: string;
  /** Attributes that have to be equal. */
  readonly filters: Readonly<Record<string, string>>;
}

/** Where the price list has an item. */
export interface Product {
  readonly query: ProductQuery;
  /** End of the usage type, which begins with a short form of the region in most regions: `EUC1-Kafka.t3.small`. */
  readonly usage: string;
  readonly unit: PriceUnit;
}

/** On demand, Linux, without reserved or unused capacity: one price for each type. */
const ON_DEMAND = {
  operatingSystem: 'Linux',
  tenancy: 'Shared',
  preInstalledSw: 'NA',
  capacitystatus: 'Used',
  marketoption: 'OnDemand'
} as const;

/** `usageContains` is what several items share where one question brings the answer for all of them. */
function product(
  serviceCode: string,
  usage: string,
  unit: PriceUnit,
  usageContains = usage,
  filters: ProductQuery['filters'] = {}
): Product {
  return { query: { serviceCode, usageContains, filters }, usage, unit };
}

const broker = (type: string): Product => product('AmazonMSK', `Kafka.${type}`, 'hour', 'Kafka');
const serverlessKafka = (what: string): Product =>
  product('AmazonMSK', `KafkaServerless-${what}`, 'hour', 'Kafka');
const instance = (type: string): Product =>
  product('AmazonEC2', `BoxUsage:${type}`, 'hour', `BoxUsage:${type}`, ON_DEMAND);
/** What EMR asks for a machine beside its price. */
const emr = (type: string): Product => product('ElasticMapReduce', `BoxUsage:${type}`, 'hour');
const serverlessSpark = (what: string, unit: PriceUnit): Product =>
  product('ElasticMapReduce', `EMR-SERVERLESS-${what}`, unit, 'EMR-SERVERLESS');
const onEks = (what: string, unit: PriceUnit): Product =>
  product('ElasticMapReduce', `EMR-EKS-EC2-${what}`, unit, 'EMR-EKS-EC2');

/** Where the price list has each item. */
export const PRODUCTS: Readonly<Record<PriceItem, Product>> = {
  'msk.kafka.t3.small': broker('t3.small'),
  'msk.kafka.m7g.large': broker('m7g.large'),
  'msk.kafka.m7g.xlarge': broker('m7g.xlarge'),
  'msk.storage': product('AmazonMSK', 'Kafka.Storage.GP2', 'GB-month', 'Kafka'),
  'msk-serverless.cluster': serverlessKafka('ClusterHours'),
  'msk-serverless.partition': serverlessKafka('PartitionHours'),
  'ec2.t4g.nano': instance('t4g.nano'),
  'ec2.m7g.medium': instance('m7g.medium'),
  'ec2.m7g.large': instance('m7g.large'),
  'ec2.m7g.xlarge': instance('m7g.xlarge'),
  'ec2.m7g.2xlarge': instance('m7g.2xlarge'),
  'ec2.m7g.4xlarge': instance('m7g.4xlarge'),
  'ebs.gp3': product('AmazonEC2', 'EBS:VolumeUsage.gp3', 'GB-month'),
  nat: product('AmazonEC2', 'NatGateway-Hours', 'hour'),
  ipv4: product('AmazonVPC', 'PublicIPv4:InUseAddress', 'hour'),
  'vpc-endpoint': product('AmazonVPC', 'VpcEndpoint-Hours', 'hour'),
  'load-balancer': product('AWSELB', 'LoadBalancerUsage', 'hour', 'LoadBalancerUsage', {
    operation: 'LoadBalancing:Network'
  }),
  'emr.m7g.xlarge': emr('m7g.xlarge'),
  'emr.m7g.2xlarge': emr('m7g.2xlarge'),
  'emr.m7g.4xlarge': emr('m7g.4xlarge'),
  'emr-serverless.arm.vcpu': serverlessSpark('ARM-vCPUHours', 'vCPU-hour'),
  'emr-serverless.arm.memory': serverlessSpark('ARM-MemoryGBHours', 'GB-hour'),
  'emr-serverless.x86.vcpu': serverlessSpark('vCPUHours', 'vCPU-hour'),
  'emr-serverless.x86.memory': serverlessSpark('MemoryGBHours', 'GB-hour'),
  'emr-serverless.storage': serverlessSpark('StorageGBHours', 'GB-hour'),
  'emr-eks.vcpu': onEks('vCPUHours', 'vCPU-hour'),
  'emr-eks.memory': onEks('GBHours', 'GB-hour'),
  secret: product('AWSSecretsManager', 'AWSSecretsManager-Secret', 'month'),
  'kms.key': product('awskms', 'KMS-Keys', 'month'),
  'acm-pca': product('AWSCertificateManager', 'PaidPrivateCA', 'month')
};
