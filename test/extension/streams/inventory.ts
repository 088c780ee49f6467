import type { Inventory, ProducerItem, StreamItem } from '../../../src/shared/inventory.ts';

export function streamItem(changes: Partial<StreamItem> = {}): StreamItem {
  return {
    name: 'words',
    state: 'live',
    mode: 'micro-batch',
    reason: '',
    session: 'main',
    inputRate: 1_203.6,
    resultRate: 4.26,
    latencyMs: 40,
    rows: 1_000,
    backlog: 0,
    views: [{ id: 'v1', title: 'Words' }],
    ...changes
  };
}

export function producerItem(changes: Partial<ProducerItem> = {}): ProducerItem {
  return {
    name: 'mill',
    topic: 'lines',
    state: 'running',
    sent: 10,
    total: null,
    rate: 5,
    error: '',
    ...changes
  };
}

export function inventory(changes: Partial<Inventory> = {}): Inventory {
  return {
    streams: [streamItem()],
    producers: [producerItem()],
    topics: [{ name: 'lines', partitions: 3, records: 12_345, rate: 5 }],
    sessions: [{ name: 'main', state: 'busy', current: true }],
    ...changes
  };
}
