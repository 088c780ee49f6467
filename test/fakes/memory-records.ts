import type { RecordStore } from '../../src/local/gateway/linked/record-store.ts';

/** Records in memory; another gateway on the same ones adopts what they stand for. */
export class MemoryRecords<Kept extends { readonly id: number }> implements RecordStore<Kept> {
  readonly records = new Map<number, Kept>();
  /** Thrown instead of writing, as a full disk does. */
  fault: Error | null = null;
  readonly #sort: string;
  #next = 0;

  constructor(sort: string) {
    this.#sort = sort;
  }

  nextId(): number {
    return this.#next++;
  }

  create(record: Kept): string {
    if (this.fault !== null) throw this.fault;
    this.records.set(record.id, record);
    return this.folder(record.id);
  }

  folder(id: number): string {
    return `/held/${this.#sort}-${id}`;
  }

  update(record: Kept): void {
    this.records.set(record.id, record);
  }

  all(): readonly { record: Kept; folder: string }[] {
    return [...this.records.values()].map(record => ({ record, folder: this.folder(record.id) }));
  }

  remove(id: number): void {
    this.records.delete(id);
  }
}
