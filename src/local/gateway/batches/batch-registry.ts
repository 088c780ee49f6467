import type { Clock } from '../../../runtime/clock.ts';
import { checkCreation, checkPaths } from '../creation/create-checks.ts';
import { localPath } from '../creation/dependency-paths.ts';
import { byIdOrName } from '../http/lookup.ts';
import { sparkRequest } from '../creation/spark-request.ts';
import { onDisk } from '../creation/on-disk.ts';
import { Refusal, rejected, sessionNotFound } from '../http/refusal.ts';
import { Batch } from './batch.ts';
import type { BatchStore } from './batch-record.ts';
import type { CreateBatch } from './create-batch.ts';
import type { RunnerLauncher, RunnerRequest } from './runner-port.ts';

/** Batches that may run at the same time: each has a JVM of its own. */
export const MAX_RUNNING = 4;
/** How long a batch that has ended can still be asked for its log, as `livy.server.session.state-retain.sec`. */
const RETAINED_MS = 600_000;
/** Batches that have ended and are kept at most. */
const RETAINED_BATCHES = 100;

export interface BatchRegistryOptions {
  readonly launcher: RunnerLauncher;
  readonly store: BatchStore;
  readonly clock: Clock;
}

/** All batches of the gateway, by id and by name. Those that an earlier gateway has left are adopted. */
export class BatchRegistry {
  readonly #launcher: RunnerLauncher;
  readonly #store: BatchStore;
  readonly #clock: Clock;
  readonly #batches = new Map<number, Batch>();

  constructor({ launcher, store, clock }: BatchRegistryOptions) {
    this.#launcher = launcher;
    this.#store = store;
    this.#clock = clock;
    for (const { record, folder } of store.all()) {
      const batch = new Batch(record, () => clock.now());
      batch.run('recovering', events => launcher.adopt(folder, events));
      this.#batches.set(record.id, batch);
    }
  }

  list(): Batch[] {
    return [...this.#batches.values()];
  }

  /** A rejected request uses up an id, as in Livy. */
  create(request: CreateBatch): Batch {
    const running = this.list().filter(batch => batch.endedAt === null).length;
    if (running >= MAX_RUNNING)
      throw new Refusal(400, {
        msg:
          `Rejected, too many sessions are being created! ${running} batches run already: ` +
          'wait until one has ended, or delete one.'
      });
    const id = onDisk('batch', () => this.#store.nextId());
    const { file } = request;
    if (file === null) throw rejected('requirement failed: File is required.');
    checkPaths([file]);
    checkCreation(id, request, this.list());
    const batch = new Batch({ version: 1, id, request }, () => this.#clock.now());
    this.#start(batch, file);
    this.#batches.set(id, batch);
    return batch;
  }

  /** Nothing is left of a batch that cannot be started. */
  #start(batch: Batch, file: string): void {
    const { id, request } = batch;
    try {
      const folder = onDisk('batch', () => this.#store.create({ version: 1, id, request }));
      const run = runnerRequest(batch, file, folder);
      onDisk('batch', () => batch.run('starting', events => this.#launcher.start(run, events)));
    } catch (error) {
      this.#store.remove(id);
      throw error;
    }
  }

  /** Finds a batch by id or name; a number is always an id. */
  get(idOrName: string): Batch {
    const batch = byIdOrName(idOrName, this.#batches);
    if (batch === undefined) throw sessionNotFound(idOrName);
    return batch;
  }

  async delete(batch: Batch): Promise<void> {
    await batch.stop();
    this.#batches.delete(batch.id);
    this.#store.remove(batch.id);
  }

  /** Forgets batches that have ended long ago, and the oldest of too many. */
  async sweep(): Promise<void> {
    const ended = this.list().filter(batch => batch.endedAt !== null);
    const tooMany = ended.length - RETAINED_BATCHES;
    const due = this.#clock.now() - RETAINED_MS;
    const old = ended.filter((batch, index) => index < tooMany || (batch.endedAt ?? due) < due);
    await Promise.all(old.map(batch => this.delete(batch)));
  }

  /** Ends all batches and waits until their processes are gone. */
  async close(): Promise<void> {
    await Promise.all(this.list().map(batch => this.delete(batch)));
  }

  /** Leaves all batches to the next gateway. */
  release(): void {
    for (const batch of this.list()) batch.release();
    this.#batches.clear();
  }
}

function runnerRequest({ id, request }: Batch, file: string, folder: string): RunnerRequest {
  const { className, args } = request;
  return { ...sparkRequest(request, folder), batchId: id, file: localPath(file), className, args };
}
