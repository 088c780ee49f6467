import type { EnvironmentSize, EnvironmentSpec } from './spec.ts';

/** Brokers of an MSK cluster. Their count has to be a multiple of the count of zones. */
export interface MskSize {
  readonly brokersPerZone: number;
  /** https://docs.aws.amazon.com/msk/latest/developerguide/broker-instance-sizes.html */
  readonly instanceType: string;
  /** GiB of EBS of each broker. */
  readonly storageGiB: number;
}

/** Kafka on machines of one's own: each is broker and controller (KRaft), so the count is odd. */
export interface KafkaOnEc2Size {
  /** Spread over the zones in turn. */
  readonly count: number;
  readonly instanceType: string;
  /** GiB of gp3 of the root volume, of each machine. */
  readonly rootGiB: number;
  /** GiB of gp3 for the log of Kafka, of each machine. */
  readonly storageGiB: number;
}

/** `maximumCapacity` of an EMR Serverless application: the only hard limit of its cost. */
export interface EmrServerlessSize {
  readonly architecture: 'ARM64' | 'X86_64';
  readonly maxVcpu: number;
  readonly maxMemoryGiB: number;
  readonly maxDiskGiB: number;
  /** Minutes without work until the application stops by itself. */
  readonly idleMinutes: number;
}

/** An EMR cluster on EC2. */
export interface EmrOnEc2Size {
  readonly primaryType: string;
  readonly coreType: string;
  /** Core nodes at first, and the least that managed scaling goes down to. */
  readonly coreCount: number;
  /** Instances that managed scaling may add up to, without the primary. */
  readonly maxUnits: number;
  /** GiB of gp3 of the root volume, of each node. */
  readonly rootGiB: number;
  /** GiB of gp3 for HDFS and shuffles, of each node. */
  readonly dataGiB: number;
}

/** Topics of an MSK Serverless cluster: a figure for the price, not a limit that MSK keeps. */
export interface MskServerlessSize {
  readonly partitions: number;
}

/** What jobs may take on an EKS cluster that is there already: a figure for the price, not a limit that EMR keeps. */
export interface EmrOnEksSize {
  readonly maxVcpu: number;
  readonly maxMemoryGiB: number;
}

/** The machines of an environment. Templates and prices read the same figures, so that the price is that of the template. */
export interface Sizes {
  readonly msk: MskSize;
  readonly mskServerless: MskServerlessSize;
  readonly kafkaOnEc2: KafkaOnEc2Size;
  /** The machine through which a person reaches private brokers, in `ec2` environments. */
  readonly bastion: { readonly instanceType: string; readonly rootGiB: number };
  readonly emrServerless: EmrServerlessSize;
  readonly emrOnEc2: EmrOnEc2Size;
  readonly emrOnEks: EmrOnEksSize;
}

const bastion = { instanceType: 't4g.nano', rootGiB: 8 } as const;

/**
 * `dev` is the least that works: T3 brokers take four new IAM connections a second
 * (https://docs.aws.amazon.com/msk/latest/developerguide/limits.html), and 16 vCPU hold one Livy session and one stream.
 */
export const SIZE_TABLE = {
  dev: {
    msk: { brokersPerZone: 1, instanceType: 'kafka.t3.small', storageGiB: 20 },
    mskServerless: { partitions: 50 },
    kafkaOnEc2: { count: 1, instanceType: 'm7g.medium', rootGiB: 10, storageGiB: 20 },
    bastion,
    emrServerless: {
      architecture: 'ARM64',
      maxVcpu: 16,
      maxMemoryGiB: 64,
      maxDiskGiB: 320,
      idleMinutes: 15
    },
    emrOnEc2: {
      primaryType: 'm7g.xlarge',
      coreType: 'm7g.xlarge',
      coreCount: 1,
      maxUnits: 2,
      rootGiB: 30,
      dataGiB: 64
    },
    emrOnEks: { maxVcpu: 16, maxMemoryGiB: 64 }
  },
  standard: {
    msk: { brokersPerZone: 1, instanceType: 'kafka.m7g.large', storageGiB: 100 },
    mskServerless: { partitions: 200 },
    kafkaOnEc2: { count: 3, instanceType: 'm7g.large', rootGiB: 10, storageGiB: 100 },
    bastion,
    emrServerless: {
      architecture: 'ARM64',
      maxVcpu: 64,
      maxMemoryGiB: 256,
      maxDiskGiB: 1280,
      idleMinutes: 15
    },
    emrOnEc2: {
      primaryType: 'm7g.xlarge',
      coreType: 'm7g.2xlarge',
      coreCount: 2,
      maxUnits: 6,
      rootGiB: 30,
      dataGiB: 128
    },
    emrOnEks: { maxVcpu: 64, maxMemoryGiB: 256 }
  },
  large: {
    msk: { brokersPerZone: 2, instanceType: 'kafka.m7g.xlarge', storageGiB: 500 },
    mskServerless: { partitions: 1000 },
    kafkaOnEc2: { count: 3, instanceType: 'm7g.2xlarge', rootGiB: 10, storageGiB: 500 },
    bastion,
    emrServerless: {
      architecture: 'ARM64',
      maxVcpu: 200,
      maxMemoryGiB: 800,
      maxDiskGiB: 4000,
      idleMinutes: 15
    },
    emrOnEc2: {
      primaryType: 'm7g.2xlarge',
      coreType: 'm7g.4xlarge',
      coreCount: 3,
      maxUnits: 12,
      rootGiB: 30,
      dataGiB: 256
    },
    emrOnEks: { maxVcpu: 200, maxMemoryGiB: 800 }
  }
} as const satisfies Record<EnvironmentSize, Sizes>;

/** The machines of a size. */
export function sizesOf(size: EnvironmentSize): Sizes {
  return SIZE_TABLE[size];
}

/** Brokers of an MSK cluster in that many zones. */
export function mskBrokerCount(size: EnvironmentSize, zones: number): number {
  return SIZE_TABLE[size].msk.brokersPerZone * zones;
}

type Shape = Pick<EnvironmentSpec, 'vpc' | 'subnets' | 'kafka'>;

/** Whether the environment makes a NAT gateway: one, for a network of its own with private subnets. */
export function hasNat(spec: Shape): boolean {
  return spec.vpc === 'new' && spec.subnets === 'private';
}

/** Whether it makes a bastion: for private brokers on EC2 in a network of its own; MSK has an API for topics. */
export function hasBastion(spec: Shape): boolean {
  return hasNat(spec) && spec.kafka === 'ec2';
}
