/** A topic as the MSK topic API sees it. */
export interface Topic {
  readonly name: string;
  readonly partitions: number;
  readonly replication: number;
  /** A properties text. */
  readonly configs: string;
}

/** Where the topics of the clusters are. A test with a real broker gives its own. */
export interface TopicStore {
  list(cluster: string): Promise<readonly Topic[]>;
  /** False where the topic exists. */
  create(cluster: string, topic: Topic): Promise<boolean>;
  update(cluster: string, topic: Topic): Promise<void>;
  delete(cluster: string, name: string): Promise<void>;
}

export function memoryTopics(): TopicStore {
  const clusters = new Map<string, Map<string, Topic>>();
  const of = (cluster: string): Map<string, Topic> => {
    const topics = clusters.get(cluster) ?? new Map<string, Topic>();
    clusters.set(cluster, topics);
    return topics;
  };
  return {
    list: cluster => Promise.resolve([...of(cluster).values()]),
    create(cluster, topic) {
      if (of(cluster).has(topic.name)) return Promise.resolve(false);
      of(cluster).set(topic.name, topic);
      return Promise.resolve(true);
    },
    update: (cluster, topic) => Promise.resolve(void of(cluster).set(topic.name, topic)),
    delete: (cluster, name) => Promise.resolve(void of(cluster).delete(name))
  };
}
