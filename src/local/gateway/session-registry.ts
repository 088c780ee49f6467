import type { Clock } from '../../runtime/clock.ts';
import type { CreateRequest } from './create-request.ts';
import { localPath, missingFile } from './dependency-paths.ts';
import type { DriverLauncher, DriverRequest } from './driver-port.ts';
import { isExpired } from './expiry.ts';
import { Refusal, rejected, sessionNotFound } from './refusal.ts';
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
    const id = onDisk(() => this.#store.nextId());
    this.#check(id, request);
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
      const folder = onDisk(() => this.#store.create(session.record));
      const request = driverRequest(session, folder);
      onDisk(() => session.drive('starting', events => this.#launcher.start(request, events)));
    } catch (error) {
      this.#store.remove(session.id);
      throw error;
    }
  }

  #check(id: number, { name, jars, pyFiles, files, archives }: CreateRequest): void {
    if (name !== null && /^\d*$/.test(name)) throw rejected(`Invalid session name: ${name}`);
    if (name !== null && this.list().some(session => session.name === name))
      throw rejected(`Duplicate session name: Some(${name}) for session ${id}`);
    const missing = missingFile([...jars, ...pyFiles, ...files, ...archives]);
    if (missing !== undefined)
      throw rejected(`requirement failed: Local path ${missing} cannot be added to user sessions.`);
  }

  /** Finds a session by id or name; a number is always an id. Counts as a heartbeat. */
  get(idOrName: string): Session {
    if (/^\d+$/.test(idOrName) && Number(idOrName) > 0x7fffffff)
      throw new Refusal(400, { msg: `For input string: "${idOrName}"` });
    const session = /^\d+$/.test(idOrName)
      ? this.#sessions.get(Number(idOrName))
      : this.list().find(({ name }) => name === idOrName);
    if (session === undefined) throw sessionNotFound(idOrName);
    session.lastHeartbeat = this.#clock.now();
    return session;
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

function driverRequest({ id, name, request }: Session, folder: string): DriverRequest {
  const { conf, jars, pyFiles, files, archives, driverMemory } = request;
  return {
    sessionId: id,
    folder,
    name,
    conf,
    driverMemory,
    jars: jars.map(localPath),
    pyFiles: pyFiles.map(localPath),
    files: files.map(localPath),
    archives: archives.map(localPath)
  };
}

/** Refuses what the disk does not take, with the reason and what helps. */
function onDisk<Result>(write: () => Result): Result {
  try {
    return write();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Refusal(500, {
      msg: `Rejected, Reason: the folder of the session cannot be written (${why}). Free some space on that disk and create the session again.`
    });
  }
}
