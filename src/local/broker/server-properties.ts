export interface ServerProperties {
  /** Folder of the topics. */
  readonly data: string;
  /** Port of the clients, on loopback. */
  readonly port: number;
  /** Port of the quorum of one, on loopback. */
  readonly controllerPort: number;
}

const MIB = 1024 * 1024;

/**
 * Settings of one Kafka node that is broker and controller;
 * https://kafka.apache.org/41/configuration/broker-configs/
 */
export function serverProperties({ data, port, controllerPort }: ServerProperties): string {
  const settings = {
    ...nodeSettings(port, controllerPort),
    'log.dirs': data,
    ...SINGLE_NODE,
    ...SMALL_MACHINE,
    ...RECORDS
  };
  return Object.entries(settings)
    .map(([name, value]) => `${name}=${propertyValue(String(value))}\n`)
    .join('');
}

function nodeSettings(port: number, controllerPort: number): Record<string, string | number> {
  return {
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
    listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${port}`,
    'inter.broker.listener.name': 'PLAINTEXT',
    'controller.listener.names': 'CONTROLLER',
    'listener.security.protocol.map': 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT'
  };
}

/** One replica of everything. A controlled stop ends the node's registration, or the next start waits 9 s for it. */
const SINGLE_NODE = {
  'default.replication.factor': 1,
  'min.insync.replicas': 1,
  'offsets.topic.replication.factor': 1,
  'offsets.topic.num.partitions': 4,
  'transaction.state.log.replication.factor': 1,
  'transaction.state.log.min.isr': 1,
  'transaction.state.log.num.partitions': 4,
  'share.coordinator.state.topic.replication.factor': 1,
  'share.coordinator.state.topic.min.isr': 1,
  'group.initial.rebalance.delay.ms': 0,
  'controlled.shutdown.enable': true
};

/** Threads and buffers for two cores; the cleaner alone would take 128 MiB of heap. */
const SMALL_MACHINE = {
  'num.network.threads': 2,
  'num.io.threads': 4,
  'log.cleaner.threads': 1,
  'log.cleaner.dedupe.buffer.size': 4 * MIB,
  'log.cleaner.io.buffer.size': MIB / 2,
  /** Results topics are compacted all the time; the default waits 15 s between looks. */
  'log.cleaner.backoff.ms': 2_000,
  'log.index.size.max.bytes': MIB
};

/** What may be written and how long it is kept: any event time, a week, one GiB a partition. */
const RECORDS = {
  'auto.create.topics.enable': false,
  'num.partitions': 1,
  'log.message.timestamp.before.max.ms': '9223372036854775807',
  'log.message.timestamp.after.max.ms': '9223372036854775807',
  'log.retention.hours': 168,
  'log.retention.bytes': 1024 * MIB,
  'log.segment.bytes': 16 * MIB
};

/** Backslashes start an escape in a properties file. */
function propertyValue(text: string): string {
  return text.replaceAll('\\', '\\\\');
}
