import type { CloudFormation } from '@aws-sdk/client-cloudformation';
import type { EC2 } from '@aws-sdk/client-ec2';
import type { EMR } from '@aws-sdk/client-emr';
import type { EMRContainers } from '@aws-sdk/client-emr-containers';
import type { EMRServerless } from '@aws-sdk/client-emr-serverless';
import type { Kafka } from '@aws-sdk/client-kafka';
import type { Pricing } from '@aws-sdk/client-pricing';
import type { ResourceGroupsTaggingAPI } from '@aws-sdk/client-resource-groups-tagging-api';
import type { S3 } from '@aws-sdk/client-s3';
import type { SSM } from '@aws-sdk/client-ssm';
import type { STS } from '@aws-sdk/client-sts';
import type { fromNodeProviderChain } from '@aws-sdk/credential-providers';

/** How often a request is sent at most; the engine waits longer than that on its own. */
const MAX_ATTEMPTS = 4;
const CONNECTION_TIMEOUT_MS = 5_000;
const REQUEST_TIMEOUT_MS = 30_000;
/** The Pricing API exists in a few regions only. https://docs.aws.amazon.com/general/latest/gr/billing.html */
const PRICING_REGION = 'us-east-1';

export interface AwsSettings {
  readonly region: string;
  /** A profile of `~/.aws/config`; without one, what `AWS_PROFILE` or the environment says. */
  readonly profile?: string;
  /** Defaults to 4. */
  readonly maxAttempts?: number;
  /** How long one request may go without an answer, in milliseconds; defaults to 30,000. */
  readonly requestTimeoutMs?: number;
  /** Endpoints other than AWS's own; `AWS_ENDPOINT_URL…` is read by the SDK itself. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** Gives the credentials of the person, memoised by the SDK until shortly before they expire. */
export type Credentials = ReturnType<typeof fromNodeProviderChain>;

/**
 * SDK clients of one region, each loaded and made when it is first asked for, because the SDK takes longer to load than
 * the kernel may take to start.
 */
export interface AwsClients {
  readonly region: string;
  readonly profile: string | undefined;
  readonly credentials: () => Promise<Credentials>;
  readonly cloudFormation: () => Promise<CloudFormation>;
  readonly ec2: () => Promise<EC2>;
  readonly emr: () => Promise<EMR>;
  readonly emrContainers: () => Promise<EMRContainers>;
  readonly emrServerless: () => Promise<EMRServerless>;
  readonly kafka: () => Promise<Kafka>;
  readonly pricing: () => Promise<Pricing>;
  readonly tagging: () => Promise<ResourceGroupsTaggingAPI>;
  readonly s3: () => Promise<S3>;
  readonly ssm: () => Promise<SSM>;
  readonly sts: () => Promise<STS>;
  /** Ends the connections of all clients made so far. */
  close(): void;
}

/** What every client is made with. */
function commonConfig(settings: AwsSettings, credentials: Credentials) {
  return {
    region: settings.region,
    credentials,
    maxAttempts: settings.maxAttempts ?? MAX_ATTEMPTS,
    retryMode: 'standard',
    requestHandler: {
      connectionTimeout: CONNECTION_TIMEOUT_MS,
      requestTimeout: settings.requestTimeoutMs ?? REQUEST_TIMEOUT_MS,
      throwOnRequestTimeout: true
    },
    ...(settings.profile === undefined ? {} : { profile: settings.profile })
  };
}

async function credentialsOf(settings: AwsSettings): Promise<Credentials> {
  const { fromNodeProviderChain } = await import('@aws-sdk/credential-providers');
  const profile = settings.profile === undefined ? {} : { profile: settings.profile };
  return fromNodeProviderChain({ ...profile, clientConfig: { region: settings.region } });
}

/** Remembers the result of `make`; a failure is not remembered. */
function once<Result>(make: () => Promise<Result>): () => Promise<Result> {
  let made: Promise<Result> | undefined;
  return () => {
    made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
}

function endsElsewhere(env: NonNullable<AwsSettings['env']>): boolean {
  return (env['AWS_ENDPOINT_URL_S3'] ?? env['AWS_ENDPOINT_URL']) !== undefined;
}

/** Clients for `settings.region`. The owner calls `close`. Nothing is loaded before a client is asked for. */
export function awsClients(settings: AwsSettings): AwsClients {
  const made: { destroy(): void }[] = [];
  const credentials = once(() => credentialsOf(settings));
  const config = once(async () => commonConfig(settings, await credentials()));
  type Config = Awaited<ReturnType<typeof config>>;
  const lazy = <Client extends { destroy(): void }>(make: (config: Config) => Promise<Client>) =>
    once(async () => {
      const client = await make(await config());
      made.push(client);
      return client;
    });
  // Servers that stand in for S3 know no host name for each bucket.
  const forcePathStyle = endsElsewhere(settings.env ?? process.env);
  return {
    region: settings.region,
    profile: settings.profile,
    credentials,
    cloudFormation: lazy(
      async c => new (await import('@aws-sdk/client-cloudformation')).CloudFormation(c)
    ),
    ec2: lazy(async c => new (await import('@aws-sdk/client-ec2')).EC2(c)),
    emr: lazy(async c => new (await import('@aws-sdk/client-emr')).EMR(c)),
    emrContainers: lazy(
      async c => new (await import('@aws-sdk/client-emr-containers')).EMRContainers(c)
    ),
    emrServerless: lazy(
      async c => new (await import('@aws-sdk/client-emr-serverless')).EMRServerless(c)
    ),
    kafka: lazy(async c => new (await import('@aws-sdk/client-kafka')).Kafka(c)),
    pricing: lazy(
      async c =>
        new (await import('@aws-sdk/client-pricing')).Pricing({ ...c, region: PRICING_REGION })
    ),
    tagging: lazy(
      async c =>
        new (await import('@aws-sdk/client-resource-groups-tagging-api')).ResourceGroupsTaggingAPI(
          c
        )
    ),
    s3: lazy(async c => new (await import('@aws-sdk/client-s3')).S3({ ...c, forcePathStyle })),
    ssm: lazy(async c => new (await import('@aws-sdk/client-ssm')).SSM(c)),
    sts: lazy(async c => new (await import('@aws-sdk/client-sts')).STS(c)),
    close() {
      for (const client of made.splice(0)) client.destroy();
    }
  };
}
