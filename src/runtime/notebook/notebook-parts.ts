import { HeadraceError } from '../../shared/errors.ts';
import type { Clock } from '../clock.ts';
import { kafkaAuthOf, type SecretSources } from '../kafka/auth-record.ts';
import type { KafkaClientAuth } from '../kafka/auth.ts';
import type { KafkaPort } from '../kafka/port.ts';
import type { ClusterTopics, ClusterTopicsSettled } from '../relay/cluster-topics.ts';
import type { LivyPort } from '../livy/port.ts';
import { createTargetClient } from '../livy/target-client.ts';
import type { NotebookSessionOptions } from '../session/notebook-session.ts';
import { createNotebookSessions } from '../session/notebook-sessions.ts';
import type { LocalStack } from '../stack-port.ts';
import { sparkElsewhere, type SparkElsewhere } from '../streams/elsewhere.ts';
import { createStreamManager } from '../streams/manager.ts';
import { sparkModule } from '../streams/spark-module.ts';
import { openLocalLivy } from './local-livy.ts';
import type { TargetProfile } from '../profile/profile.ts';
import type { KafkaRequestParts, NotebookParts } from './parts.ts';
import { endpointsOf, isThroughSpark, type Place, type PlaceThroughSpark } from './place.ts';

/** Setting of Spark by which a profile says where checkpoints are kept, such as `s3://bucket/checkpoints`. */
const CHECKPOINT_KEY = 'spark.sql.streaming.checkpointLocation';

export interface NotebookPartsOptions {
  /** Replaced when its gateway refuses connections: what it ran has survived it. */
  readonly stack: Pick<LocalStack, 'status' | 'ensure'>;
  readonly clock: Clock;
  readonly resolvePackages: NotebookSessionOptions['resolvePackages'];
  /** Folder of the notebook: relative paths in its cells start there. */
  readonly workingDirectory: string;
  /** Folder of the checkpoints on the local stack, private to the user. */
  readonly checkpointDirectory: string;
  /** Where the secrets are that profiles name, and AWS credentials; profiles that need none do without. */
  readonly secrets?: SecretSources;
  /** Folder of the Python code of streams, which Spark elsewhere is sent. */
  readonly sparkJobs: string;
  /** Makes and deletes the topics of MSK clusters; without it their brokers are asked. */
  readonly mskTopics?: (cluster: string, settled: ClusterTopicsSettled) => ClusterTopics;
}

/** The parts of a notebook, attached to the stack of this machine or to what a profile names. */
export function createNotebookParts(options: NotebookPartsOptions): NotebookParts {
  const { stack, clock, resolvePackages, workingDirectory, secrets, sparkJobs } = options;
  return {
    // Loaded at first use: its client compiles hundreds of schemas, half the start of a kernel.
    openKafka: async request => {
      const { place } = request;
      if (isThroughSpark(place)) return openRelay({ ...request, place }, options);
      const { createKafka } = await import('../kafka/client.ts');
      const { brokers } = endpointsOf(place);
      return createKafka({ brokers, clock, auth: await authOf(place, secrets), ...hintAt(place) });
    },
    openLivy: place =>
      place.kind === 'local'
        ? openLocalLivy(place.endpoints, stack, clock)
        : createTargetClient(place.profile.livy, {
            clock,
            ...hintAt(place),
            ...(secrets === undefined ? {} : { credentials: secrets.credentials })
          }),
    openSessions: ({ notebook, livy, dependencies }) =>
      createNotebookSessions({
        livy,
        notebook,
        dependencies,
        resolvePackages,
        clock,
        workingDirectory
      }),
    openStreams: ({ notebook, place, kafka, livy, sessions }) =>
      createStreamManager({
        notebookId: notebook,
        kafka,
        sessions,
        brokers: endpointsOf(place).brokers,
        clock,
        ...checkpoints(place, options.checkpointDirectory),
        ...elsewhere(place, { notebook, livy, sparkJobs })
      })
  };
}

/** Kafka through a Spark session beside the brokers. */
async function openRelay(
  {
    place: { profile },
    notebook,
    livy,
    dependencies
  }: KafkaRequestParts & { readonly place: PlaceThroughSpark },
  { clock, resolvePackages, sparkJobs, mskTopics }: NotebookPartsOptions
): Promise<KafkaPort> {
  const { createRelayKafka } = await import('../relay/relay-kafka.ts');
  const { brokers, mskCluster } = profile;
  return createRelayKafka({
    livy,
    notebook,
    clock,
    resolvePackages,
    dependencies,
    brokers,
    kafkaOptions: sparkAt(profile, { notebook, livy, sparkJobs }).kafkaOptions(),
    bring: () => sparkModule(sparkJobs),
    ...(mskCluster === null || mskTopics === undefined
      ? {}
      : { topics: settled => mskTopics(mskCluster, settled) })
  });
}

async function authOf(place: Place, secrets: SecretSources | undefined): Promise<KafkaClientAuth> {
  if (place.kind === 'local' || place.profile.kafkaAuth.kind === 'none') return { kind: 'none' };
  if (secrets !== undefined) return kafkaAuthOf(place.profile.kafkaAuth, secrets);
  throw new HeadraceError(
    'HR_USAGE',
    `The brokers of ${place.profile.name} need to know who asks`,
    {
      why: 'this kernel has no source of secrets'
    }
  );
}

/** What to do where nobody answers; the errors themselves know what to do about the local stack. */
function hintAt(place: Place): { readonly hint?: string } {
  if (place.kind === 'local') return {};
  const { name } = place.profile;
  return {
    hint: `Check that it runs and that this network reaches it; %provision doctor ${name} finds where the way ends.`
  };
}

interface SparkParts {
  readonly notebook: string;
  readonly livy: LivyPort;
  readonly sparkJobs: string;
}

function elsewhere(place: Place, parts: SparkParts): { readonly elsewhere?: SparkElsewhere } {
  return place.kind === 'local' ? {} : { elsewhere: sparkAt(place.profile, parts) };
}

function sparkAt(
  { brokers, kafkaAuth: auth }: TargetProfile,
  { notebook, livy, sparkJobs }: SparkParts
): SparkElsewhere {
  const groupIdPrefix = `headrace-${notebook}`;
  const module = (): Promise<string> => sparkModule(sparkJobs);
  return sparkElsewhere({ auth, brokers, groupIdPrefix, livy, module });
}

/** A folder of this machine means nothing on another. */
function checkpoints(place: Place, local: string): { readonly checkpointDir?: string } {
  if (place.kind === 'local') return { checkpointDir: local };
  const asked = place.profile.livy.conf[CHECKPOINT_KEY];
  return asked === undefined ? {} : { checkpointDir: asked };
}
