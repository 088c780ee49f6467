import type {
  Batch,
  BatchPort,
  BatchRequest,
  BatchState,
  LogPage
} from '../../src/runtime/livy/batch-port.ts';

/** What a look at a batch finds. */
export interface BatchLook {
  readonly state: BatchState;
  /** All lines so far, as Livy lays them out. */
  readonly log: readonly string[];
}

/** Livy's layout of a log: all of standard output, then all of standard error. */
export function livyLog(stdout: readonly string[], stderr: readonly string[] = []): string[] {
  return ['stdout: ', ...stdout, '\nstderr: ', ...stderr];
}

/** Batches whose states and logs a test prepares; each look at a batch moves it one step on. */
export class MemoryBatches implements BatchPort {
  readonly requests: BatchRequest[] = [];
  readonly deleted: number[] = [];
  /** What the looks at the next batch find; the last one stays. */
  looks: readonly BatchLook[] = [{ state: 'success', log: livyLog([]) }];
  onLook: () => void = () => undefined;
  readonly #batches = new Map<
    number,
    { batch: Batch; looks: BatchLook[]; log: readonly string[] }
  >();

  submitBatch(request: BatchRequest): Promise<Batch> {
    this.requests.push(request);
    const id = this.requests.length - 1;
    const batch: Batch = { id, name: request.name ?? null, state: 'starting', appId: null };
    this.#batches.set(id, { batch, looks: [...this.looks], log: livyLog([]) });
    return Promise.resolve(batch);
  }

  getBatch(id: number): Promise<Batch | null> {
    const held = this.#batches.get(id);
    if (held === undefined) return Promise.resolve(null);
    const [look] = held.looks;
    if (held.looks.length > 1) held.looks.shift();
    if (look !== undefined) {
      held.batch = { ...held.batch, state: look.state };
      held.log = look.log;
    }
    this.onLook();
    return Promise.resolve(held.batch);
  }

  listBatches(): Promise<readonly Batch[]> {
    return Promise.resolve([...this.#batches.values()].map(({ batch }) => batch));
  }

  batchLog(id: number, from: number, size: number): Promise<LogPage> {
    const lines = this.#batches.get(id)?.log ?? [];
    const start = from < 0 ? Math.max(0, lines.length - size) : from;
    return Promise.resolve({
      from: start,
      total: lines.length,
      lines: lines.slice(start, start + size)
    });
  }

  deleteBatch(id: number): Promise<void> {
    this.deleted.push(id);
    this.#batches.delete(id);
    return Promise.resolve();
  }
}
