import {
  hasBastion,
  hasNat,
  sizesOf,
  type Sizes
} from '../../../../runtime/aws/environment/sizes.ts';
import type { EnvironmentSpec, Layer } from '../../../../runtime/aws/environment/spec.ts';
import type { EnvironmentPlan } from '../../../../runtime/aws/environments-port.ts';
import { synthesize } from '../../../../runtime/aws/template/synthesize.ts';
import type { Resource, StackPlan } from '../../../../runtime/aws/template/types.ts';
import { masked } from '../../../../runtime/profile/doctor/aws-checks.ts';
import { formatMoney } from '../amounts.ts';
import { linksOf, type Link } from './links.ts';
import { markOfPart, type Mark } from '../marks.ts';

/** A part of an environment, in words. */
export interface Part {
  readonly title: string;
  readonly detail: string;
  readonly mark: Mark;
  /** `$0.048/h`; empty where it costs nothing of its own. */
  readonly price: string;
}

/** A part that is spread over the zones; what stands in each, in the order of the zones. */
export interface SpreadPart extends Part {
  readonly inZones: readonly (readonly string[])[];
  /** Whether what stands there comes and goes. */
  readonly passing: boolean;
}

/** The subnets of one kind, one in each zone: block of addresses or id, with its mark. */
export interface Subnets {
  readonly kind: 'public' | 'private' | 'yours';
  readonly names: readonly string[];
  readonly mark: Mark;
}

/** What a map shows, without places. */
export interface MapModel {
  readonly environment: string;
  /** `AWS eu-west-1, account …9012`. */
  readonly place: string;
  readonly price: string;
  readonly zones: readonly string[];
  readonly network: Part;
  /** Where machines are; Kafka and Spark stand here. */
  readonly machines: Subnets;
  /** Beside them, with the NAT gateway; null where there are none. */
  readonly front: Subnets | null;
  /** Null where the network is given: its ways out are not ours. */
  readonly gateway: Mark | null;
  readonly endpoint: Mark | null;
  readonly nat: Part | null;
  readonly bastion: Part | null;
  readonly kafka: SpreadPart;
  readonly spark: SpreadPart;
  /** Whether EMR reaches its nodes by an interface in the network. */
  readonly hasService: boolean;
  readonly bucket: Part;
  /** How the notebook gets to Spark. */
  readonly toSpark: string;
  readonly links: readonly Link[];
}

/** What there is to see of an environment after an apply of this plan. */
export function mapModel(plan: EnvironmentPlan): MapModel {
  const { spec, resolved, cost } = plan;
  const stacks = synthesize(spec, resolved);
  const mark = (layer: Layer, id: RegExp): Mark => markOfPart(plan, layer, id);
  const links = linksOf(plan, stacks);
  const isNew = spec.vpc === 'new';
  return {
    environment: spec.name,
    place: `AWS ${spec.region}, account ${masked(resolved.account)}`,
    price: `idle ${formatMoney(cost.idlePerHour)}/h, at most ${formatMoney(cost.mostPerHour)}/h`,
    zones: resolved.zones,
    network: networkPart(spec, stacks, mark('net', /^Vpc$/)),
    machines: machineSubnets(plan, stacks),
    front: hasNat(spec) ? subnetsOf('public', plan, stacks) : null,
    gateway: isNew ? mark('net', /^InternetGateway$/) : null,
    endpoint: isNew ? mark('net', /^S3Endpoint$/) : null,
    nat: hasNat(spec)
      ? {
          title: 'NAT gateway',
          detail: '',
          mark: mark('net', /^NatGateway$/),
          price: priceOf(plan, 'net')
        }
      : null,
    bastion: hasBastion(spec)
      ? { title: 'Bastion', detail: 'tools of Kafka', mark: mark('kafka', /^Bastion$/), price: '' }
      : null,
    kafka: kafkaPart(plan, mark('kafka', /^(?:Cluster|Broker\d+)$/)),
    spark: sparkPart(plan, mark('spark', /^(?:Application|Cluster|VirtualCluster)$/)),
    hasService: links.some(({ from }) => from === 'service'),
    bucket: { title: 'S3 bucket', detail: '', mark: mark('net', /^Bucket$/), price: '' },
    toSpark: WAYS[spec.spark],
    links
  };
}

const WAYS: Readonly<Record<EnvironmentSpec['spark'], string>> = {
  'emr-serverless': 'Livy over HTTPS, signed by you',
  'emr-ec2': 'Livy by Session Manager',
  'emr-eks': 'jobs by the API of EMR'
};

function priceOf({ cost }: EnvironmentPlan, layer: Layer): string {
  const items = cost.items.filter(item => item.layer === layer);
  if (items.length === 0) return '';
  const [idle, most] = (['idlePerHour', 'mostPerHour'] as const).map(of =>
    formatMoney(items.reduce((sum, item) => sum + item[of], 0))
  );
  return idle === most ? `${most ?? ''}/h` : `${idle ?? ''} to ${most ?? ''}/h`;
}

function resourcesOf(stacks: readonly StackPlan[]): Readonly<Record<string, Resource>> {
  return stacks.find(({ layer }) => layer === 'net')?.template.Resources ?? {};
}

function blockOf(resource: Resource | undefined): string {
  const block = resource?.Properties?.['CidrBlock'];
  return typeof block === 'string' ? block : '';
}

function networkPart(spec: EnvironmentSpec, stacks: readonly StackPlan[], mark: Mark): Part {
  const { vpc } = spec;
  return vpc === 'new'
    ? { title: 'Network', detail: `VPC ${blockOf(resourcesOf(stacks)['Vpc'])}`, mark, price: '' }
    : { title: 'Your network', detail: vpc.id, mark: 'same', price: '' };
}

function subnetsOf(
  kind: 'public' | 'private',
  plan: EnvironmentPlan,
  stacks: readonly StackPlan[]
): Subnets {
  const start = kind === 'public' ? 'PublicSubnet' : 'PrivateSubnet';
  return {
    kind,
    names: plan.resolved.zones.map((_, index) =>
      blockOf(resourcesOf(stacks)[`${start}${index + 1}`])
    ),
    mark: markOfPart(plan, 'net', new RegExp(`^${start}\\d+$`))
  };
}

function machineSubnets(plan: EnvironmentPlan, stacks: readonly StackPlan[]): Subnets {
  const { vpc, subnets } = plan.spec;
  return vpc === 'new'
    ? subnetsOf(subnets, plan, stacks)
    : { kind: 'yours', names: vpc.subnets, mark: 'same' };
}

const LOGINS: Readonly<Record<EnvironmentSpec['kafkaAuth'], string>> = {
  iam: 'login by IAM',
  scram: 'login by SCRAM',
  mtls: 'login by certificate',
  none: 'no login'
};

function kafkaPart(plan: EnvironmentPlan, mark: Mark): SpreadPart {
  const { spec, resolved } = plan;
  const { msk, kafkaOnEc2 } = sizesOf(spec.size);
  const zones = resolved.zones.map((_, index) => index);
  const withBastion = hasBastion(spec) ? ' with bastion' : '';
  const common = { mark, price: `${priceOf(plan, 'kafka')}${withBastion}`, passing: false };
  const login = LOGINS[spec.kafkaAuth];
  switch (spec.kafka) {
    case 'msk':
      return {
        ...common,
        title: 'Kafka: MSK',
        detail: `${msk.instanceType}, ${msk.storageGiB} GiB each, ${login}`,
        inZones: zones.map(() => Array.from({ length: msk.brokersPerZone }, () => 'broker'))
      };
    case 'msk-serverless':
      return {
        ...common,
        title: 'Kafka: MSK Serverless',
        detail: `no brokers to choose, ${login}`,
        inZones: zones.map(() => ['address'])
      };
    case 'ec2':
      return {
        ...common,
        title: 'Kafka on EC2',
        detail: `${kafkaOnEc2.instanceType}, ${kafkaOnEc2.storageGiB} GiB each, ${login}`,
        inZones: zones.map(zone =>
          Array.from({ length: kafkaOnEc2.count }, (_, broker) => broker)
            .filter(broker => broker % zones.length === zone)
            .map(broker => `broker ${broker + 1}`)
        )
      };
  }
}

function sparkPart(plan: EnvironmentPlan, mark: Mark): SpreadPart {
  const { spec, resolved } = plan;
  const common = { mark, price: priceOf(plan, 'spark') };
  const everywhere = (what: string): readonly string[][] => resolved.zones.map(() => [what]);
  const { emrServerless } = sizesOf(spec.size);
  switch (spec.spark) {
    case 'emr-serverless':
      return {
        ...common,
        title: 'Spark: EMR Serverless',
        detail: `up to ${emrServerless.maxVcpu} vCPU; stops after ${emrServerless.idleMinutes} min idle`,
        inZones: everywhere('workers'),
        passing: true
      };
    case 'emr-ec2':
      return {
        ...common,
        title: 'Spark: EMR on EC2',
        detail: `${spec.release}, all in one zone`,
        inZones: resolved.zones.map((_, index) => (index === 0 ? nodes(sizesOf(spec.size)) : [])),
        passing: false
      };
    case 'emr-eks':
      return {
        ...common,
        title: 'Spark: EMR on EKS',
        detail: `your cluster ${spec.eks?.cluster ?? ''}, namespace ${spec.eks?.namespace ?? ''}`,
        inZones: everywhere('pods'),
        passing: true
      };
  }
}

function nodes({ emrOnEc2: { coreCount, maxUnits } }: Sizes): readonly string[] {
  const cores = coreCount === maxUnits ? `${maxUnits}` : `${coreCount} to ${maxUnits}`;
  return ['primary', `${cores} core`];
}
