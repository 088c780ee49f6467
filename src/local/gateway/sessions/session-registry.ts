import type { Clock } from '../../../runtime/clock.ts';
import { checkCreation } from '../creation/create-checks.ts';
import type { CreateRequest } from './create-request.ts';
import { sparkRequest } from '../creation/spark-request.ts';
import type { DriverLauncher, DriverRequest } from '../driver/driver-port.ts';
import { checkTime, isExpired } from './expiry.ts';
import { byIdOrName } from '../http/lookup.ts';
import { onDisk } from '../creation/on-disk.ts';
import { Refusal, sessionNotFound } from '../http/refusal.ts';
import { Session } from './session.ts';
import type { SessionStore } from './session-record.ts';

/** Sessions that may start at the same time; each start keeps a processor busy for seconds. */
const MAX_STARTING = 8;

export interface RegistryOptions {
  readonly launcher: DriverLauncher;
  readonly store: SessionStore;
  readonly clock: Clock;
}

/** All sessions of the gateway, by id and by name. Those that an earlier gateway has left are adopted. */
export class SessionRegistry {
  readonly #launcher: DriverLauncher;
  readonly #store: SessionStore;
  readonly #clock: Clock;
  readonly #sessions = new Map<number, Session>();

  constructor({ launcher, store, clock }: RegistryOptions) {
    this.#launcher = launcher;
    this.#store = store;
    this.#clock = clock;
    for (const { record, folder } of store.all()) {
      const session = new Session(record, clock);
      session.drive('recovering', events => launcher.adopt(folder, events));
      this.#sessions.set(record.id, session);
    }
  }

  list(): Session[] {
    return [...this.#sessions.values()];
  }

  /** A rejected request uses up an id, as in Livy. `owner` is who asks, where the server knows. */
  create(request: CreateRequest, owner: string | null = null): Session {
    const starting = this.list().filter(session => session.state === 'starting').length;
    if (starting >= MAX_STARTING)
      throw new Refusal(400, { msg: 'Rejected, too many sessions are being created!' });
    const id = onDisk('session', () => this.#store.nextId());
    checkTime(request.ttl);
    checkTime(request.idleTimeout);
    checkCreation(id, request, this.list());
    const now = this.#clock.now();
    const times = { createdAt: now, lastActivity: now };
    const session = new Session({ version: 1, id, request, owner, ...times }, this.#clock);
    this.#start(session);
    this.#sessions.set(id, session);
    return session;
  }

  /** Nothing is left of a session that cannot be started. */
  #start(session: Session): void {
    try {
      const folder = onDisk('session', () => this.#store.create(session.record));
      const request = driverRequest(session, folder);
      onDisk('session', () =>
        session.drive('starting', events => this.#launcher.start(request, events))
      );
    } catch (error) {
      this.#store.remove(session.id);
      throw error;
    }
  }

  /** Finds a session by id or name; a number is always an id. Counts as a heartbeat. */
  get(idOrName: string): Session {
    const session = byIdOrName(idOrName, this.#sessions);
    if (session === undefined) throw sessionNotFound(idOrName);
    session.lastHeartbeat = this.#clock.now();
    return session;
  }

  /** Where files of the session belong; they go with it. */
  folderOf(session: Session): string {
    return this.#store.folder(session.id);
  }

  async delete(session: Session): Promise<void> {
    await session.stop();
    this.#sessions.delete(session.id);
    this.#store.remove(session.id);
  }

  /** Deletes sessions whose time limits have passed, and writes down when the others were last used. */
  async sweep(): Promise<void> {
    const now = this.#clock.now();
    const expired = this.list().filter(session => isExpired(session, now));
    for (const session of this.list()) if (session.diedAt === null) this.#save(session);
    await Promise.all(expired.map(session => this.delete(session)));
  }

  readonly #saved = new WeakMap<Session, number>();

  #save(session: Session): void {
    if (this.#saved.get(session) === session.lastActivity) return;
    this.#saved.set(session, session.lastActivity);
    this.#store.update(session.record);
  }

  /** Ends all sessions and waits until their processes are gone. */
  async close(): Promise<void> {
    await Promise.all(this.list().map(session => this.delete(session)));
  }

  /** Leaves all sessions, with what they run, to the next gateway. */
  release(): void {
    for (const session of this.list()) {
      if (session.diedAt === null) this.#save(session);
      session.release();
    }
    this.#sessions.clear();
  }
}

function driverRequest({ id, request }: Session, folder: string): DriverRequest {
  return { ...sparkRequest(request, folder), sessionId: id, kind: request.kind };
}
