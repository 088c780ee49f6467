import type {
  SessionRecord,
  SessionStore
} from '../../src/local/gateway/sessions/session-record.ts';

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
    return this.folder(record.id);
  }

  folder(id: number): string {
    return `/sessions/session-${id}`;
  }

  update(record: SessionRecord): void {
    this.records.set(record.id, record);
  }

  all(): readonly { record: SessionRecord; folder: string }[] {
    return [...this.records.values()].map(record => ({ record, folder: this.folder(record.id) }));
  }

  remove(id: number): void {
    this.records.delete(id);
  }
}
