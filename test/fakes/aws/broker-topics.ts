import { HeadraceError } from '../../../src/shared/errors.ts';
import type { KafkaAdmin } from '../../../src/runtime/kafka/port.ts';
import type { Topic, TopicStore } from './server/world/topics.ts';

/** The topics of a real broker, as all clusters of the account have them. */
export function brokerTopics(admin: KafkaAdmin): TopicStore {
  return {
    async list() {
      const names = await admin.listTopics();
      return names.map(name => ({ name, partitions: 1, replication: 1, configs: '' }));
    },
    async create(_cluster, { name, partitions, configs }) {
      try {
        await admin.createTopics([{ name, partitions, config: settingsOf(configs) }]);
        return true;
      } catch (error) {
        if (error instanceof HeadraceError && error.code === 'HR_TOPIC_EXISTS') return false;
        throw error;
      }
    },
    update: () => Promise.reject(new Error('no test changes a topic of a broker')),
    delete: (_cluster, name) => admin.deleteTopics([name])
  };
}

function settingsOf(properties: Topic['configs']): Record<string, string> {
  const lines = properties.split('\n').filter(line => line.includes('='));
  return Object.fromEntries(
    lines.map(line => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)])
  );
}
