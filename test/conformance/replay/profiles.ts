import type { CapabilityOverrides, LivyTarget } from '../../../src/runtime/livy/target.ts';
import type { LivyCapabilities } from '../../../src/runtime/livy/port.ts';

/** Fields of the create request of every release since 0.5. */
const CREATE_FIELDS: readonly string[] = [
  ...['kind', 'proxyUser', 'jars', 'pyFiles', 'files', 'archives', 'driverMemory', 'driverCores'],
  ...['executorMemory', 'executorCores', 'numExecutors', 'queue', 'name', 'conf'],
  'heartbeatTimeoutInSecond'
];

/** What a server that is replayed does otherwise than Livy 0.9, whose answers were recorded. */
export interface ReplayProfile {
  readonly name: string;
  readonly type: LivyTarget['type'];
  /** Null for a server without `GET /version`. */
  readonly version: string | null;
  readonly createFields: readonly string[];
  readonly kinds: readonly string[];
  /** Last parts of paths below a session that it has, `log` for one. */
  readonly calls: readonly string[];
  readonly batches: boolean;
  /** Sessions are found by name, and names are unique. */
  readonly names: boolean;
  /** `order=desc` is understood. */
  readonly order: boolean;
  readonly auth: LivyTarget['auth'];
  /** What the client has to find out about it. */
  readonly expected: Partial<LivyCapabilities>;
}

const CALLS = ['log', 'completion', 'connect', 'add-jar', 'upload-jar'];
const KINDS = ['spark', 'pyspark', 'sql'];

const LIVY_09: ReplayProfile = {
  name: 'Livy 0.9',
  type: 'livy',
  version: '0.9.0-incubating',
  createFields: [...CREATE_FIELDS, 'ttl', 'idleTimeout'],
  kinds: KINDS,
  calls: CALLS,
  batches: true,
  names: true,
  order: true,
  auth: { kind: 'none' },
  expected: { ttl: true, idleTimeout: true, log: true, completion: true, batches: true }
};

/** Recorded. */
export const livy09 = LIVY_09;

/** Hand-made after https://livy.apache.org/docs/0.8.0-incubating-rest-api.html; EMR 7 serves it. */
export const livy08: ReplayProfile = {
  ...LIVY_09,
  name: 'Livy 0.8 on EMR',
  type: 'emr-ec2',
  version: '0.8.0-incubating',
  createFields: [...CREATE_FIELDS, 'ttl'],
  auth: { kind: 'basic', user: 'runtime-role', password: 'pass:word' },
  expected: { type: 'emr-ec2', ttl: true, idleTimeout: false, sqlKind: true }
};

/** Hand-made after https://livy.apache.org/docs/0.7.0-incubating-rest-api.html. */
export const livy07: ReplayProfile = {
  ...LIVY_09,
  name: 'Livy 0.7',
  version: '0.7.1-incubating',
  createFields: CREATE_FIELDS,
  order: false,
  auth: { kind: 'bearer', token: 'of a proxy in front' },
  expected: { ttl: false, idleTimeout: false, lookUpByName: true }
};

/** Hand-made after the Livy page of the EMR Serverless User Guide. */
export const emrServerless: ReplayProfile = {
  name: 'EMR Serverless',
  type: 'emr-serverless',
  version: null,
  createFields: [...CREATE_FIELDS, 'ttl'],
  kinds: ['spark', 'pyspark'],
  calls: [],
  batches: false,
  names: false,
  order: false,
  auth: { kind: 'sigv4', region: 'eu-west-1' },
  expected: { log: false, completion: false, batches: false, sqlKind: false, maxSessions: 25 }
};

/** Looks come at once: what is waited for is a server in the same process. */
export const QUICK: CapabilityOverrides = { pollMs: { firstMs: 1, growth: 1.5, limitMs: 20 } };
