import { createHash } from 'node:crypto';
import { z } from 'zod';
import { REGION } from '../aws/environment/spec.ts';
import { kafkaAuthRecordSchema } from '../kafka/auth-record.ts';
import { livyTargetSchema } from '../livy/target.ts';

/** Name of the target that is no profile: the stack of this machine. */
export const LOCAL_TARGET = 'local';

/** A name that is a file name on every system, and cannot be taken for a flag. */
export const profileName = z
  .string()
  .regex(/^[a-z][a-z0-9_-]{0,62}$/, 'may have small letters, digits, "-" and "_", a letter first')
  .refine(name => name !== LOCAL_TARGET, 'is the name of the stack of this machine');

/** `host:port`; a host is a name, an IPv4 address, or an IPv6 address in brackets. */
export const brokerAddress = z
  .string()
  .regex(/^([A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\]):\d{1,5}$/, 'must be HOST:PORT');

/** Ways to brokers. */
export const REACHES = ['direct', 'relay'] as const;
export type Reach = (typeof REACHES)[number];

/** Kafka and Spark that are not of this machine, as one name. Tokens of Livy are in it; what proves who
 * asks to Kafka or AWS is not, but where it is. */
export const targetProfileSchema = z.strictObject({
  name: profileName,
  /** `aws` was made by `%provision aws`, `attach` was there already. */
  kind: z.enum(['attach', 'aws']),
  brokers: z.array(brokerAddress).min(1),
  kafkaAuth: kafkaAuthRecordSchema.default({ kind: 'none' }),
  /** How this machine reaches the brokers: itself, or through a Spark session beside them. */
  reach: z.enum(REACHES).default('direct'),
  /** ARN of the MSK cluster whose topics the API of MSK makes and deletes; null elsewhere. */
  mskCluster: z
    .string()
    .regex(/^arn:[a-z-]+:kafka:/)
    .nullable()
    .default(null),
  livy: livyTargetSchema,
  /** Where it is in AWS; null elsewhere. */
  environment: z
    .strictObject({
      name: z.string().min(1),
      region: z.string().regex(REGION),
      account: z.string().regex(/^\d{12}$/)
    })
    .nullable()
    .default(null)
});
export type TargetProfile = z.infer<typeof targetProfileSchema>;

/**
 * Identity of what a profile names: the same for two profiles of one environment, another where the
 * brokers or the endpoint are others, so that streams of the one are not looked for on the other.
 */
export function profileId({ environment, brokers, livy }: TargetProfile): string {
  if (environment !== null)
    return `aws:${environment.account}:${environment.region}:${environment.name}`;
  const text = JSON.stringify([brokers.toSorted(), livy.url]);
  return `attach:${createHash('sha256').update(text).digest('hex').slice(0, 16)}`;
}
