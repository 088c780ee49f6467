import { Admin } from '@platformatic/kafka';
import { systemClock, type Clock } from '../clock.ts';
import { createKafkaAdmin } from './admin.ts';
import type { KafkaClientAuth } from './auth.ts';
import { call, clientOptions, type Cluster } from './cluster.ts';
import { peekTopic } from './peek.ts';
import type { KafkaPort } from './port.ts';
import { createKafkaProducer } from './producer.ts';
import { openReader } from './reader.ts';
import { securityOptions } from './security.ts';
import { tailTopics } from './tail.ts';

export interface KafkaOptions {
  /** `host:port`, at least one. */
  readonly brokers: readonly string[];
  /** How the broker's log names this client. */
  readonly clientId?: string;
  /** How it proves who it is; a plain connection without. */
  readonly auth?: KafkaClientAuth;
  readonly clock?: Clock;
  /** What to do where no broker answers; about the local stack without. */
  readonly hint?: string;
}

/** Kafka by the client library @platformatic/kafka; nothing is connected before the first call. */
export function createKafka(options: KafkaOptions): KafkaPort {
  const { brokers, clientId = 'headrace', clock = systemClock, hint } = options;
  const security = securityOptions(options.auth ?? { kind: 'none' }, clock);
  const admin = new Admin(clientOptions({ brokers, clientId, security }));
  const shared = { brokers, clientId, security, admin, clock };
  const cluster: Cluster = hint === undefined ? shared : { ...shared, hint };
  return {
    brokers,
    distance: 'near',
    admin: createKafkaAdmin(cluster),
    producer: () => Promise.resolve(createKafkaProducer(cluster)),
    tail: options => tailTopics(cluster, options),
    peek: (topic, limit, signal) => peekTopic(cluster, topic, limit, signal),
    reader: (topics, signal) => openReader(cluster, topics, signal),
    close: () => call(cluster, () => admin.close())
  };
}
