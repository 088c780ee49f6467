import { batches } from '../kafka/producer.ts';
import type { KafkaAdmin, KafkaPort, KafkaProducer } from '../kafka/port.ts';
import { HeadraceError } from '../../shared/errors.ts';
import type { Clock } from '../clock.ts';
import type { ClusterTopics, ClusterTopicsSettled } from './cluster-topics.ts';
import { openRelayReader, peekThrough } from './reader.ts';
import { RelaySession, type RelaySessionOptions } from './session.ts';
import { tailThrough } from './tail.ts';
import { Turns } from './turns.ts';

/** Size of the records of one call; larger statements are for endpoints a burden, bytes. */
const CALL_BYTES = 250_000;

export interface RelayKafkaOptions extends RelaySessionOptions {
  /** Who makes and deletes topics where the role of Spark may not. */
  readonly topics?: (settled: ClusterTopicsSettled) => ClusterTopics;
}

/**
 * Kafka through a small Spark session beside the brokers, for a machine that does not reach them. The session starts
 * with the first request, is replaced when it dies, and ends with `close`.
 */
export function createRelayKafka(options: RelayKafkaOptions): KafkaPort {
  const { brokers, clock } = options;
  const session = new RelaySession(options);
  const turns = new Turns(session, clock, brokers);
  const admin = relayAdmin(turns);
  return {
    brokers,
    get distance() {
      return turns.followed ? 'far' : 'asleep';
    },
    admin: { ...admin, ...options.topics?.(settling(admin, clock)) },
    producer: () => Promise.resolve(relayProducer(turns)),
    tail: asked => tailThrough({ turns, clock }, asked),
    peek: (topic, limit, signal) => peekThrough(turns, topic, limit, signal),
    reader: (topics, signal) => openRelayReader(turns, topics, signal),
    async close() {
      turns.close();
      await session.end(AbortSignal.timeout(CLOSE_LIMIT_MS));
    }
  };
}

/** A service makes topics within seconds, milliseconds. */
const SETTLE_STEP_MS = 500;
const SETTLE_LIMIT_MS = 120_000;
/** An endpoint that does not answer ends the session by itself later, milliseconds. */
const CLOSE_LIMIT_MS = 5_000;

function relayAdmin(turns: Turns): KafkaAdmin {
  return {
    listTopics: signal => turns.call({ op: 'list' }, signal),
    async createTopics(topics, signal) {
      await turns.call({ op: 'create', topics }, signal);
    },
    describeTopic: (topic, signal) => turns.call({ op: 'describe', topic }, signal),
    async deleteTopics(topics, signal) {
      await turns.call({ op: 'delete', topics }, signal);
    },
    async endOffsets(topics, signal) {
      return new Map(Object.entries(await turns.call({ op: 'ends', topics }, signal)));
    }
  };
}

/** Waits by asking the brokers, whose answer is newer than that of the service in front of them. */
function settling(admin: KafkaAdmin, clock: Clock): ClusterTopicsSettled {
  return async (names, become, signal) => {
    const present = become === 'created';
    for (const end = clock.now() + SETTLE_LIMIT_MS; clock.now() < end;) {
      const existing = await admin.listTopics(signal);
      if (names.every(name => existing.includes(name) === present)) return;
      await clock.sleep(SETTLE_STEP_MS, signal);
    }
    throw new HeadraceError('HR_TIMEOUT', `${names.join(', ')} is not yet ${become}`, {
      why: `the brokers did not show it for ${SETTLE_LIMIT_MS / 1_000} s`,
      next: 'Look with %topic list later.'
    });
  };
}

function relayProducer(turns: Turns): KafkaProducer {
  return {
    async send(topic, records, signal) {
      for (const batch of batches(records, CALL_BYTES))
        await turns.call({ op: 'send', topic, records: batch }, signal);
    },
    close: () => Promise.resolve()
  };
}
