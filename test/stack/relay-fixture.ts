import { randomUUID } from 'node:crypto';
import { systemClock } from '../../src/runtime/clock.ts';
import type { KafkaPort } from '../../src/runtime/kafka/port.ts';
import { createRelayKafka } from '../../src/runtime/relay/relay-kafka.ts';
import { bearer } from '../../src/runtime/livy/auth/fixed.ts';
import { createLivyClient } from '../../src/runtime/livy/client.ts';
import type { LivyPort } from '../../src/runtime/livy/port.ts';
import { testStack } from './endpoints.ts';

/** A client of the gateway of the tests. */
export function testLivy(): LivyPort {
  const { livyUrl: url, livyToken: token } = testStack();
  return createLivyClient({ endpoint: () => ({ url, auth: bearer(token) }), clock: systemClock });
}

/** Kafka through a Spark session of the gateway of the tests. */
export function openRelay(
  brokers: readonly string[],
  { livy = testLivy(), notebook = `relay-${randomUUID()}` } = {}
): KafkaPort {
  return createRelayKafka({
    livy,
    notebook,
    brokers,
    clock: systemClock,
    resolvePackages: () => Promise.resolve([]),
    dependencies: { packages: [], conf: {} },
    kafkaOptions: {},
    bring: () => Promise.reject(new Error('the gateway has the code of streams'))
  });
}
