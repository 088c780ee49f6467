import { existsSync } from 'node:fs';
import type { Clock } from '../../runtime/clock.ts';
import type { CreateRequest } from './create-request.ts';
import type { DriverLauncher } from './driver-port.ts';
import { isExpired } from './expiry.ts';
import { Refusal, rejected, sessionNotFound } from './refusal.ts';
import { localPath, Session } from './session.ts';

/** Sessions that may start at the same time; each start keeps a processor busy for seconds. */
const MAX_STARTING = 8;

/** All sessions of the gateway, by id and by name. */
export class SessionRegistry {
  readonly #launcher: DriverLauncher;
  readonly #clock: Clock;
  readonly #sessions = new Map<number, Session>();
  #nextId = 0;

  constructor(launcher: DriverLauncher, clock: Clock) {
    this.#launcher = launcher;
    this.#clock = clock;
  }

  list(): Session[] {
    return [...this.#sessions.values()];
  }

  /** A rejected request uses up an id, as in Livy. */
  create(request: CreateRequest): Session {
    const starting = this.list().filter(session => session.state === 'starting').length;
    if (starting >= MAX_STARTING)
      throw new Refusal(400, { msg: 'Rejected, too many sessions are being created!' });
    const id = this.#nextId++;
    this.#check(id, request);
    const session = new Session({ id, request, launcher: this.#launcher, clock: this.#clock });
    this.#sessions.set(id, session);
    return session;
  }

  #check(id: number, { name, jars, pyFiles }: CreateRequest): void {
    if (name !== null && /^\d*$/.test(name)) throw rejected(`Invalid session name: ${name}`);
    if (name !== null && this.list().some(session => session.name === name))
      throw rejected(`Duplicate session name: Some(${name}) for session ${id}`);
    const missing = [...jars, ...pyFiles].map(localPath).find(file => !existsSync(file));
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
  }

  /** Deletes sessions whose time limits have passed. */
  async sweep(): Promise<void> {
    const now = this.#clock.now();
    await Promise.all(
      this.list()
        .filter(session => isExpired(session, now))
        .map(session => this.delete(session))
    );
  }

  async close(): Promise<void> {
    await Promise.all(this.list().map(session => this.delete(session)));
  }
}
