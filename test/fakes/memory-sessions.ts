import type { SessionRecord, SessionStore } from '../../src/local/gateway/session-record.ts';

/** Records of sessions in memory; another gateway on the same one adopts them. */
export class MemorySessions implements SessionStore {
  readonly records = new Map<number, SessionRecord>();
  /** Thrown instead of writing, as a full disk does. */
  fault: Error | null = null;
  #next = 0;

  nextId(): number {
    return this.#next++;
  }

  create(record: SessionRecord): string {
    if (this.fault !== null) throw this.fault;
    this.records.set(record.id, record);
    return folderOf(record);
  }

  update(record: SessionRecord): void {
    this.records.set(record.id, record);
  }

  all(): readonly { record: SessionRecord; folder: string }[] {
    return [...this.records.values()].map(record => ({ record, folder: folderOf(record) }));
  }

  remove(id: number): void {
    this.records.delete(id);
  }
}

function folderOf({ id }: SessionRecord): string {
  return `/sessions/session-${id}`;
}
