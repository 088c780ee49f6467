import type { KafkaAdmin } from '../kafka/port.ts';

/** Makes and deletes topics by another way than the brokers, which tell all the rest. */
export type ClusterTopics = Pick<KafkaAdmin, 'createTopics' | 'deleteTopics'>;

/** Waits until the brokers show what was done. */
export type ClusterTopicsSettled = (
  names: readonly string[],
  become: 'created' | 'deleted',
  signal: AbortSignal | undefined
) => Promise<void>;
