import { z } from 'zod';

/** Kinds of Livy endpoints that differ in what they can do. `livy` is Apache Livy itself, 0.7 to 0.9. */
export const TARGET_TYPES = ['gateway', 'livy', 'emr-ec2', 'emr-serverless', 'emr-eks'] as const;
export type TargetType = (typeof TARGET_TYPES)[number];

/** How an endpoint is told who asks. Credentials of `sigv4` come from a provider, never from a profile. */
export const authSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({ kind: z.literal('bearer'), token: z.string().min(1) }),
  z.strictObject({ kind: z.literal('basic'), user: z.string().min(1), password: z.string() }),
  z.strictObject({ kind: z.literal('sigv4'), region: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/) })
]);
export type TargetAuth = z.infer<typeof authSchema>;

const pollSchema = z.strictObject({
  firstMs: z.number().positive(),
  growth: z.number().min(1),
  limitMs: z.number().positive()
});

/** What a person may know better than the endpoint tells. */
const overridesSchema = z.strictObject({
  version: z.string().exactOptional(),
  kinds: z
    .array(z.enum(['pyspark', 'sql', 'spark']))
    .nonempty()
    .exactOptional(),
  lookUpByName: z.boolean().exactOptional(),
  log: z.boolean().exactOptional(),
  completion: z.boolean().exactOptional(),
  batches: z.boolean().exactOptional(),
  connect: z.boolean().exactOptional(),
  uploads: z.boolean().exactOptional(),
  ttl: z.boolean().exactOptional(),
  idleTimeout: z.boolean().exactOptional(),
  localFiles: z.boolean().exactOptional(),
  sparkVersion: z.string().exactOptional(),
  scalaVersion: z.string().exactOptional(),
  realTimeMode: z.boolean().exactOptional(),
  richOutput: z.boolean().exactOptional(),
  retainedStatements: z.int().positive().exactOptional(),
  maxSessions: z.int().positive().nullable().exactOptional(),
  pollMs: pollSchema.exactOptional()
});
export type CapabilityOverrides = z.infer<typeof overridesSchema>;

/** A Livy endpoint as a profile names it. */
export const livyTargetSchema = z.strictObject({
  url: z.url({ protocol: /^https?$/ }),
  type: z.enum(TARGET_TYPES).default('livy'),
  auth: authSchema.default({ kind: 'none' }),
  /** Settings that each session needs there, such as `emr-serverless.session.executionRoleArn`. */
  conf: z.record(z.string(), z.string()).default({}),
  overrides: overridesSchema.default({})
});
export type LivyTarget = z.infer<typeof livyTargetSchema>;
