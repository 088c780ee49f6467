import type { z } from 'zod';
import type { LivyCapabilities, PollRhythm, SessionRequest } from './port.ts';
import type { versionSchema } from './replies.ts';
import type { CapabilityOverrides, LivyTarget, TargetType } from './target.ts';

type Version = z.infer<typeof versionSchema>;
type Record_ = Omit<LivyCapabilities, 'type' | 'version' | 'sqlKind' | 'auth'>;

/**
 * A statement at the gateway may end within milliseconds, so looks are frequent at first; then the last
 * wait is a tenth of the whole, and a short statement is not noticed more than a few milliseconds late.
 */
const ON_LOOPBACK: PollRhythm = { firstMs: 2, growth: 1.1, limitMs: 200 };
const OVER_A_NETWORK: PollRhythm = { firstMs: 200, growth: 1.5, limitMs: 3_000 };

/** Setting of a session that asks the gateway for outputs in order and for exact tables. */
const RICH_OUTPUT_KEY = 'spark.headrace.richOutput';

/** Apache Livy 0.9. `retainedStatements` is the default of `livy.rsc.retained-statements`. */
const LIVY: Record_ = {
  kinds: ['pyspark', 'sql', 'spark'],
  lookUpByName: true,
  log: true,
  completion: true,
  batches: true,
  connect: true,
  uploads: true,
  ttl: true,
  idleTimeout: true,
  localFiles: false,
  sparkVersion: '',
  scalaVersion: '',
  realTimeMode: false,
  richOutput: false,
  retainedStatements: 100,
  maxSessions: null,
  pollMs: OVER_A_NETWORK
};

/** How the targets differ from Apache Livy. */
const TYPES: Readonly<Record<TargetType, Partial<Record_>>> = {
  livy: {},
  gateway: { localFiles: true, richOutput: true, pollMs: ON_LOOPBACK },
  'emr-ec2': {},
  'emr-eks': {},
  // https://docs.aws.amazon.com/emr/latest/EMR-Serverless-UserGuide/interactive-workloads-livy-endpoints.html
  'emr-serverless': {
    kinds: ['pyspark', 'spark'],
    lookUpByName: false,
    log: false,
    completion: false,
    batches: false,
    connect: false,
    uploads: false,
    ttl: false,
    idleTimeout: false,
    maxSessions: 25
  }
};

/** Whether an endpoint of this type has `GET /version`. */
export function tellsVersion(type: TargetType): boolean {
  return type !== 'emr-serverless';
}

/**
 * The capability record of a target: what is said of its type, then what the endpoint says of itself
 * (`null` where it does not), then the overrides. Our gateway is known by its answer.
 */
export function capabilitiesOf(
  reply: Version | null,
  target: Pick<LivyTarget, 'type' | 'overrides'> & { readonly auth: LivyCapabilities['auth'] }
): LivyCapabilities {
  const type = reply?.headrace === undefined ? target.type : 'gateway';
  const version = target.overrides.version ?? reply?.version ?? '';
  const base = { ...LIVY, ...TYPES[type], ...byRelease(type, version), ...reply?.headrace };
  const record = { ...base, ...(target.overrides satisfies CapabilityOverrides) };
  const sqlKind = record.kinds.includes('sql');
  return { ...record, type, version, sqlKind, auth: target.auth };
}

/** https://livy.apache.org/docs/latest/rest-api.html and its earlier versions. */
function byRelease(type: TargetType, version: string): Partial<Record_> {
  if (type === 'emr-serverless') return {};
  if (version === '') return { ttl: false, idleTimeout: false };
  const since = (minor: number) => atLeast(version, 0, minor);
  return {
    ...(since(5) ? {} : { kinds: ['pyspark', 'spark'], completion: false }),
    lookUpByName: since(6),
    ttl: since(8),
    idleTimeout: since(9)
  };
}

function atLeast(version: string, major: number, minor: number): boolean {
  const [ownMajor = 0, ownMinor = 0] = version.split('.').map(part => Number.parseInt(part, 10));
  return ownMajor > major || (ownMajor === major && ownMinor >= minor);
}

/**
 * The request as the target understands it: an unknown field would be refused with the whole request.
 * `conf` are the settings that every session of the target needs; those of the request win.
 */
export function fitRequest(
  { ttl, idleTimeout, name, ...known }: SessionRequest,
  capabilities: LivyCapabilities,
  conf: Readonly<Record<string, string>>
): SessionRequest {
  const settings = {
    ...(capabilities.richOutput ? { [RICH_OUTPUT_KEY]: 'true' } : {}),
    ...conf,
    ...known.conf
  };
  return {
    ...known,
    ...(name === undefined ? {} : { name }),
    ...(ttl !== undefined && capabilities.ttl ? { ttl } : {}),
    ...(idleTimeout !== undefined && capabilities.idleTimeout ? { idleTimeout } : {}),
    ...(Object.keys(settings).length === 0 ? {} : { conf: settings })
  };
}
