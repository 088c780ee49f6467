import { Admin } from '@platformatic/kafka';
import { systemClock, type Clock } from '../clock.ts';
import { createKafkaAdmin } from './admin.ts';
import { call, clientOptions, type Cluster } from './cluster.ts';
import { peekTopic } from './peek.ts';
import type { KafkaPort } from './port.ts';
import { createKafkaProducer } from './producer.ts';
import { openReader } from './reader.ts';
import { tailTopics } from './tail.ts';

export interface KafkaOptions {
  /** `host:port`, at least one. */
  readonly brokers: readonly string[];
  /** How the broker's log names this client. */
  readonly clientId?: string;
  readonly clock?: Clock;
}

/** Kafka by the client library @platformatic/kafka; nothing is connected before the first call. */
export function createKafka(options: KafkaOptions): KafkaPort {
  const { brokers, clientId = 'headrace', clock = systemClock } = options;
  const admin = new Admin(clientOptions(brokers, clientId));
  const cluster: Cluster = { brokers, clientId, admin, clock };
  return {
    brokers,
    admin: createKafkaAdmin(cluster),
    producer: () => Promise.resolve(createKafkaProducer(cluster)),
    tail: options => tailTopics(cluster, options),
    peek: (topic, limit, signal) => peekTopic(cluster, topic, limit, signal),
    reader: (topics, signal) => openReader(cluster, topics, signal),
    close: () => call(cluster, () => admin.close())
  };
}
