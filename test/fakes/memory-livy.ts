import { HeadraceError } from '../../src/shared/errors.ts';
import { capabilitiesOf } from '../../src/runtime/livy/capabilities.ts';
import type {
  LivyCapabilities,
  LivyPort,
  LivySession,
  SessionRequest,
  SessionState,
  StatementOutput
} from '../../src/runtime/livy/port.ts';
import { MemoryBatches } from './memory-batches.ts';

const CAPABILITIES: LivyCapabilities = capabilitiesOf(
  {
    version: 'test',
    headrace: {
      sparkVersion: '4.3.0',
      kinds: ['pyspark', 'sql', 'spark'],
      localFiles: true,
      realTimeMode: true
    }
  },
  { type: 'gateway', auth: 'none', overrides: {} }
);

/** Livy in memory: sessions go through the given states, one a look, and answer statements at once. */
export class MemoryLivy extends MemoryBatches implements LivyPort {
  readonly url = 'memory';
  /** What it can do that differs from the gateway. */
  overrides: Partial<LivyCapabilities> = {};
  readonly created: SessionRequest[] = [];
  readonly deletedSessions: number[] = [];
  readonly keptAlive: number[] = [];
  /** How often a session was looked at. */
  sessionLooks = 0;
  /** Nobody answers a look. */
  away = false;
  readonly statements: string[] = [];
  /** States of a session that is created, seen one after another; the last one stays. */
  states: SessionState[] = ['idle'];
  log: string[] = [];
  answer: (code: string) => StatementOutput = () => text('42');
  localFiles = true;
  lookUpByName = true;
  /** What a creation rejects with, once. */
  refuseCreation: (request: SessionRequest) => Error | null = () => null;
  words: readonly string[] = [];
  #sessions: { session: LivySession; ahead: SessionState[] }[] = [];

  capabilities(): Promise<LivyCapabilities> {
    return Promise.resolve({
      ...CAPABILITIES,
      localFiles: this.localFiles,
      lookUpByName: this.lookUpByName,
      ...this.overrides
    });
  }

  createSession(request: SessionRequest): Promise<LivySession> {
    const refusal = this.refuseCreation(request);
    if (refusal !== null) return Promise.reject(refusal);
    return Promise.resolve(this.add(request));
  }

  /** A session as if somebody had created it. */
  add(request: SessionRequest): LivySession {
    const id = this.created.push(request) - 1;
    const [state = 'idle', ...ahead] = this.states;
    const session = {
      id,
      name: request.name ?? null,
      state,
      kind: 'pyspark',
      appId: null,
      log: this.log
    };
    this.#sessions.push({ session, ahead });
    return session;
  }

  listSessions(): Promise<readonly LivySession[]> {
    return Promise.resolve(this.#sessions.map(({ session }) => session));
  }

  keepAlive(id: number): Promise<void> {
    this.keptAlive.push(id);
    return Promise.resolve();
  }

  complete(): Promise<readonly string[]> {
    return Promise.resolve(this.words);
  }

  addDependency(): Promise<void> {
    return Promise.resolve();
  }

  uploadDependency(): Promise<void> {
    return Promise.resolve();
  }

  getSession(idOrName: number | string): Promise<LivySession | null> {
    this.sessionLooks += 1;
    if (this.away)
      return Promise.reject(new HeadraceError('HR_LIVY_UNREACHABLE', 'No Livy endpoint answers'));
    const found = this.#find(idOrName);
    if (found === undefined) return Promise.resolve(null);
    const state = found.ahead.shift() ?? found.session.state;
    found.session = { ...found.session, state, log: this.log };
    return Promise.resolve(found.session);
  }

  deleteSession(id: number): Promise<void> {
    this.deletedSessions.push(id);
    this.#sessions = this.#sessions.filter(({ session }) => session.id !== id);
    return Promise.resolve();
  }

  sessionLog(): Promise<string[]> {
    return Promise.resolve(this.log);
  }

  run(_session: number, code: string): Promise<StatementOutput> {
    this.statements.push(code);
    return Promise.resolve().then(() => this.answer(code));
  }

  /** Lets a session end as if its driver had died. */
  kill(id: number): void {
    const found = this.#find(id);
    if (found !== undefined) found.session = { ...found.session, state: 'dead' };
  }

  #find(idOrName: number | string) {
    return this.#sessions.find(({ session }) => [session.id, session.name].includes(idOrName));
  }
}

/** An output that shows a text. */
export function text(value: string): StatementOutput {
  return { status: 'ok', executionCount: 0, data: { 'text/plain': value } };
}
