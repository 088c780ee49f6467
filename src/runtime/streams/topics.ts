import { streamTopic } from '../../shared/names.ts';
import type { KafkaAdmin, KafkaPort, TopicSpec } from '../kafka/port.ts';

const MIB = 1_048_576;

/** Names of the topics of one stream. */
export interface StreamTopics {
  readonly results: string;
  readonly progress: string;
  readonly dead: string;
}

export function topicsOf(notebook: string, stream: string): StreamTopics {
  return {
    results: streamTopic(notebook, stream, 'results'),
    progress: streamTopic(notebook, stream, 'progress'),
    dead: streamTopic(notebook, stream, 'dead')
  };
}

/** The stream that a progress topic of this notebook belongs to, or null for any other topic. */
export function streamOfProgress(notebook: string, topic: string): string | null {
  const [prefix = '', suffix = ''] = streamTopic(notebook, '\n', 'progress').split('\n');
  if (!topic.startsWith(prefix) || !topic.endsWith(suffix)) return null;
  return topic.slice(prefix.length, topic.length - suffix.length) || null;
}

/** MSK Serverless refuses settings of how topics are kept on disk. https://docs.aws.amazon.com/msk/latest/developerguide/serverless-config.html */
const WITHOUT_TUNING = /\.kafka-serverless\./;
const EVERYWHERE = ['cleanup.policy', 'retention.bytes'];

/** The topics as these brokers take them. */
function fitting(specs: readonly TopicSpec[], brokers: readonly string[]): readonly TopicSpec[] {
  if (!brokers.some(broker => WITHOUT_TUNING.test(broker))) return specs;
  return specs.map(({ config = {}, ...spec }) => ({
    ...spec,
    config: Object.fromEntries(Object.entries(config).filter(([name]) => EVERYWHERE.includes(name)))
  }));
}

/**
 * The topics that must exist before a stream starts. The results topic is made by the driver, which
 * alone knows whether rows are keyed (compacted) or not (bounded in size).
 */
function specsOf({ progress, dead }: StreamTopics): TopicSpec[] {
  return [
    {
      name: progress,
      partitions: 1,
      config: { 'cleanup.policy': 'compact', 'segment.bytes': String(MIB) }
    },
    {
      name: dead,
      partitions: 1,
      config: { 'retention.bytes': String(64 * MIB), 'segment.bytes': String(8 * MIB) }
    }
  ];
}

/** Makes those topics of a stream that are missing. */
export async function ensureTopics(
  { admin, brokers }: Pick<KafkaPort, 'admin' | 'brokers'>,
  topics: StreamTopics,
  signal: AbortSignal
): Promise<void> {
  const existing = await admin.listTopics(signal);
  const missing = fitting(specsOf(topics), brokers).filter(({ name }) => !existing.includes(name));
  if (missing.length > 0) await admin.createTopics(missing, signal);
}

/** Deletes the topics of a stream that exist. */
export async function deleteTopics(
  admin: KafkaAdmin,
  topics: StreamTopics,
  signal: AbortSignal
): Promise<void> {
  const existing = await admin.listTopics(signal);
  const { results, progress, dead } = topics;
  const own = [results, progress, dead].filter(topic => existing.includes(topic));
  if (own.length > 0) await admin.deleteTopics(own, signal);
}
