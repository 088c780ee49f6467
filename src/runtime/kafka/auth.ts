import type { AwsCredentials } from '../livy/auth/sigv4.ts';

/** Mechanisms of SASL/SCRAM; MSK has SHA-512 only. */
export const SCRAM_MECHANISMS = ['SCRAM-SHA-512', 'SCRAM-SHA-256'] as const;
export type ScramMechanism = (typeof SCRAM_MECHANISMS)[number];

/**
 * How the client proves to the brokers who it is, with all that it needs for that, secrets included: never written
 * anywhere. `ca`, `key` and `cert` are texts in PEM; without `ca` the brokers' certificates must be signed by a public
 * authority, as those of MSK are. https://docs.aws.amazon.com/msk/latest/developerguide/kafka_apis_iam.html
 */
export type KafkaClientAuth =
  /** No encryption and no name. */
  | { readonly kind: 'none' }
  /** Encryption alone. */
  | { readonly kind: 'tls'; readonly ca?: string }
  /** The keys of an AWS principal, asked for whenever a token is made. */
  | {
      readonly kind: 'iam';
      readonly region: string;
      readonly credentials: () => Promise<AwsCredentials>;
      readonly ca?: string;
    }
  | {
      readonly kind: 'scram';
      readonly mechanism: ScramMechanism;
      readonly username: string;
      readonly password: string;
      readonly ca?: string;
    }
  /** A certificate of the client. */
  | {
      readonly kind: 'mtls';
      readonly key: string;
      readonly cert: string;
      readonly ca?: string;
    };
