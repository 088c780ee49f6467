import type { Price, PriceBasis, PriceItem, PriceTable, PriceUnit } from './price-table.ts';

/** Date of the table; no price in it was read before. */
const PRICED_AT = '2026-07-20';

/** Where each price was read. */
const SOURCES = {
  msk: 'https://aws.amazon.com/msk/pricing/, as in aws/agent-toolkit-for-aws managing-amazon-msk and the tests of infracost',
  mskFrankfurt: 'GetProducts, usage type EUC1-Kafka.t3.small, 2026-07-20',
  mskSingapore: 'GetProducts of ap-southeast-1, 2026-08-12: no region of Europe asks more',
  mskServerless: 'https://aws.amazon.com/msk/pricing/, us-east-1',
  oregon: 'the price of us-east-1, which us-west-2 shares in every list that was read',
  ec2: 'price list of EC2, 2026-10-08, and skypilot-org/skypilot-catalog v8',
  nano: 'price list of EC2 for us-east-1, published on 2026-08-17',
  nanoIreland: 'a quarter of t4g.small, which was billed at 0.0184 in eu-west-1 in June 2026',
  nanoFrankfurt: 'a quarter of t4g.small, 0.0192 by GetProducts of eu-central-1, 2026-08-26',
  gp3Frankfurt: 'GetProducts, usage type EUC1-EBS:VolumeUsage.gp3, 2026-08-26',
  vpc: 'https://aws.amazon.com/vpc/pricing/, as in the tests of infracost',
  endpoint: 'https://aws.amazon.com/privatelink/pricing/, usage type VpcEndpoint-Hours',
  balancer:
    'https://aws.amazon.com/elasticloadbalancing/pricing/, the hour without its capacity units',
  bills: 'published bills: what was paid divided by the hours',
  natIreland: 'price list of EC2 for eu-west-1, published on 2026-09-25',
  natFrankfurt:
    'the answer of GetProducts for EUC1-NatGateway-Hours in the tests of a public price tool, without a date',
  ipv4: 'price list of VPC for us-east-1, 2026-07-24, and GetProducts of eu-central-1, 2026-08-26',
  emr: 'https://aws.amazon.com/emr/pricing/: a quarter of the price of the instance, as for m5 and r5',
  serverless:
    'https://aws.amazon.com/emr/pricing/, as in GoogleCloudPlatform/PerfKitBenchmarker; that of ap-southeast-1 was the same on 2026-08-12',
  graviton:
    'four fifths of x86 (https://aws.amazon.com/emr/pricing/), as listed for ap-southeast-1 on 2026-08-12',
  eks: 'https://aws.amazon.com/emr/pricing/, us-east-1',
  everywhere: 'the same in every region: price list of ap-southeast-1, 2026-08-12',
  authority:
    'https://aws.amazon.com/private-ca/pricing/, an authority for general purposes, as in the tests of infracost for us-east-1',
  authorityElsewhere: 'the price of us-east-1; that of this region was not read',
  eksRatio: 'EMR Serverless x86 divided by 5.2, as in us-east-1'
} as const;

type Cell = readonly [usd: number, basis: PriceBasis, source: keyof typeof SOURCES];
type Row = readonly [
  item: PriceItem,
  unit: PriceUnit,
  virginia: Cell,
  oregon: Cell,
  ireland: Cell,
  frankfurt: Cell
];

const REGIONS = ['us-east-1', 'us-west-2', 'eu-west-1', 'eu-central-1'] as const;

const listed = (usd: number, source: keyof typeof SOURCES): Cell => [usd, 'list', source];
const derived = (usd: number, source: keyof typeof SOURCES): Cell => [usd, 'derived', source];
const ceiling = (usd: number): Cell => [usd, 'ceiling', 'mskSingapore'];

/** A row of one source for all regions. */
function row(
  item: PriceItem,
  unit: PriceUnit,
  source: keyof typeof SOURCES,
  basis: PriceBasis,
  [virginia, oregon, ireland, frankfurt]: readonly [number, number, number, number]
): Row {
  const cell = (usd: number): Cell => [usd, basis, source];
  return [item, unit, cell(virginia), cell(oregon), cell(ireland), cell(frankfurt)];
}

/** A row of MSK, whose lists were read for Virginia and Singapore. */
function msk(item: PriceItem, unit: PriceUnit, virginia: number, singapore: number): Row {
  const source = item.startsWith('msk-serverless') ? 'mskServerless' : 'msk';
  const europe = ceiling(singapore);
  return [item, unit, listed(virginia, source), derived(virginia, 'oregon'), europe, europe];
}

const ROWS: readonly Row[] = [
  [
    'msk.kafka.t3.small',
    'hour',
    listed(0.0456, 'msk'),
    derived(0.0456, 'oregon'),
    ceiling(0.0578),
    listed(0.0526, 'mskFrankfurt')
  ],
  msk('msk.kafka.m7g.large', 'hour', 0.204, 0.255),
  msk('msk.kafka.m7g.xlarge', 'hour', 0.408, 0.51),
  msk('msk.storage', 'GB-month', 0.1, 0.12),
  msk('msk-serverless.cluster', 'hour', 0.75, 0.9375),
  msk('msk-serverless.partition', 'hour', 0.0015, 0.001875),
  [
    'ec2.t4g.nano',
    'hour',
    listed(0.0042, 'nano'),
    derived(0.0042, 'oregon'),
    derived(0.0046, 'nanoIreland'),
    derived(0.0048, 'nanoFrankfurt')
  ],
  row('ec2.m7g.medium', 'hour', 'ec2', 'list', [0.0408, 0.0408, 0.0455, 0.0489]),
  row('ec2.m7g.large', 'hour', 'ec2', 'list', [0.0816, 0.0816, 0.091, 0.0978]),
  row('ec2.m7g.xlarge', 'hour', 'ec2', 'list', [0.1632, 0.1632, 0.1819, 0.1955]),
  row('ec2.m7g.2xlarge', 'hour', 'ec2', 'list', [0.3264, 0.3264, 0.3638, 0.391]),
  row('ec2.m7g.4xlarge', 'hour', 'ec2', 'list', [0.6528, 0.6528, 0.7276, 0.7821]),
  [
    'ebs.gp3',
    'GB-month',
    listed(0.08, 'ec2'),
    listed(0.08, 'ec2'),
    listed(0.088, 'ec2'),
    listed(0.0952, 'gp3Frankfurt')
  ],
  [
    'nat',
    'hour',
    listed(0.045, 'vpc'),
    derived(0.045, 'oregon'),
    listed(0.048, 'natIreland'),
    derived(0.052, 'natFrankfurt')
  ],
  row('ipv4', 'hour', 'ipv4', 'list', [0.005, 0.005, 0.005, 0.005]),
  [
    'vpc-endpoint',
    'hour',
    listed(0.01, 'endpoint'),
    listed(0.01, 'endpoint'),
    derived(0.011, 'bills'),
    listed(0.012, 'endpoint')
  ],
  [
    'load-balancer',
    'hour',
    listed(0.0225, 'balancer'),
    derived(0.0225, 'oregon'),
    derived(0.0252, 'bills'),
    derived(0.027, 'bills')
  ],
  row('emr.m7g.xlarge', 'hour', 'emr', 'derived', [0.0408, 0.0408, 0.0455, 0.0489]),
  row('emr.m7g.2xlarge', 'hour', 'emr', 'derived', [0.0816, 0.0816, 0.091, 0.0978]),
  row('emr.m7g.4xlarge', 'hour', 'emr', 'derived', [0.1632, 0.1632, 0.1819, 0.1955]),
  row(
    'emr-serverless.arm.vcpu',
    'vCPU-hour',
    'graviton',
    'derived',
    [0.042099, 0.042099, 0.042099, 0.048422]
  ),
  row(
    'emr-serverless.arm.memory',
    'GB-hour',
    'graviton',
    'derived',
    [0.004623, 0.004623, 0.004623, 0.005314]
  ),
  row(
    'emr-serverless.x86.vcpu',
    'vCPU-hour',
    'serverless',
    'list',
    [0.052624, 0.052624, 0.052624, 0.060528]
  ),
  row(
    'emr-serverless.x86.memory',
    'GB-hour',
    'serverless',
    'list',
    [0.0057785, 0.0057785, 0.0057785, 0.006643]
  ),
  row(
    'emr-serverless.storage',
    'GB-hour',
    'serverless',
    'list',
    [0.000111, 0.000111, 0.000122, 0.000132]
  ),
  [
    'emr-eks.vcpu',
    'vCPU-hour',
    listed(0.01012, 'eks'),
    derived(0.01012, 'eksRatio'),
    derived(0.01012, 'eksRatio'),
    derived(0.01164, 'eksRatio')
  ],
  [
    'emr-eks.memory',
    'GB-hour',
    listed(0.00111125, 'eks'),
    derived(0.00111125, 'eksRatio'),
    derived(0.00111125, 'eksRatio'),
    derived(0.0012775, 'eksRatio')
  ],
  row('secret', 'month', 'everywhere', 'list', [0.4, 0.4, 0.4, 0.4]),
  row('kms.key', 'month', 'everywhere', 'list', [1, 1, 1, 1]),
  [
    'acm-pca',
    'month',
    listed(400, 'authority'),
    derived(400, 'authorityElsewhere'),
    derived(400, 'authorityElsewhere'),
    derived(400, 'authorityElsewhere')
  ]
];

function priceIn(at: number): (row: Row) => readonly [PriceItem, Price] {
  return ([item, unit, ...cells]) => {
    const [usd, basis, source] = cells[at] ?? cells[0];
    return [item, { usd, unit, basis, source: SOURCES[source], by: 'table', readAt: PRICED_AT }];
  };
}

/**
 * The unit prices that a plan shows when the Pricing API cannot be asked: on demand, Linux, US dollars without tax.
 * `refreshPrices` makes a newer table.
 */
export const PRICES: PriceTable = {
  pricedAt: PRICED_AT,
  regions: Object.fromEntries(
    REGIONS.map((region, at) => [region, Object.fromEntries(ROWS.map(priceIn(at)))])
  )
};
