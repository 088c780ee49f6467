import type { ChildProcess } from 'node:child_process';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { z } from 'zod';
import { isAlive, type ProcessIdentity } from '../../processes.ts';
import { attach, type Connection } from './connection.ts';
import { endpointOf } from './endpoint.ts';
import { exitOf, UNKNOWN_EXIT, type Exit } from './exit.ts';
import { LAST_FILE, startLogLines } from './files.ts';
import { readWholeSync } from '../../whole-file.ts';
import { lastSchema, readLine, type Endpoint, type LinkMessage } from './messages.ts';
import { groupEnded, signalGroup } from './process-group.ts';
import { startProcess, type LinkedProgram } from './start.ts';

/** Time that a process has to end with its children after it was asked to, milliseconds. */
const GRACE_MS = 8_000;
/** Time that children have to end once their process has, milliseconds. */
const CHILDREN_GRACE_MS = 2_000;
/** Time after which a killed process group is given up as unkillable, milliseconds. */
const KILL_MS = 5_000;
/** Time from the start of a process until it says where it listens, milliseconds. */
const LISTEN_MS = 60_000;
/** Between two looks at whether an adopted process lives: its own children may keep its connection open. */
const WATCH_MS = 1_000;

const NOT_LISTENING = { reason: `it did not listen within ${LISTEN_MS / 1_000} s` };
const UNREADABLE = 'headrace: the process has sent what cannot be read';

/** Why a held process is gone. */
export interface LinkedEnd {
  /** `asked` by this gateway; `taken` by another one, and the process lives; else it ended `itself`. */
  readonly cause: 'asked' | 'taken' | 'itself';
  /** The signal that ended it, where that is known. */
  readonly signal: NodeJS.Signals | null;
  /** What follows "it has ended:", such as `exit status 1` or the reason that it gave; null after a good end. */
  readonly why: string | null;
}

/** What the holder of a process is told; nothing follows `ended`. */
export interface LinkedEvents<State, Event> {
  /** All that the process knows. It takes the place of what was known before. */
  attached(state: State): void;
  event(event: Event): void;
  log(stream: 'stdout' | 'stderr', line: string): void;
  ended(end: LinkedEnd): void;
}

export interface LinkedOptions<State, Event> {
  /** Folder of the process, 0700; whoever holds the process removes it after `ended`. */
  readonly folder: string;
  readonly stateSchema: z.ZodType<State>;
  readonly eventSchema: z.ZodType<Event>;
  readonly events: LinkedEvents<State, Event>;
  /** Time to end in after being asked to, milliseconds; 8 s where it is absent. */
  readonly graceMs?: number;
}

/**
 * A process that the gateway holds and that outlives the gateway: started by this one, or adopted
 * from the folder in which an earlier gateway has left it.
 */
export class LinkedProcess<State, Event> {
  readonly #options: LinkedOptions<State, Event>;
  readonly #child: ChildProcess | null;
  /** Resolves with words for the exit of a child; never for an adopted process. */
  readonly #exit: Promise<Exit>;
  readonly #letGo = new AbortController();
  readonly #over: Promise<void>;
  #identity: ProcessIdentity | null = null;
  #connection: Connection | null = null;
  #attached = false;
  #asked = false;
  #taken = false;
  #ending: { readonly reason: string | null } | null = null;

  private constructor(options: LinkedOptions<State, Event>, child: ChildProcess | null) {
    this.#options = options;
    this.#child = child;
    this.#exit = exitOf(child);
    this.#over = this.#live();
  }

  /** Throws the error of the file system when the folder cannot be written. */
  static start<State, Event>(
    program: LinkedProgram,
    start: Readonly<Record<string, unknown>>,
    options: LinkedOptions<State, Event>
  ): LinkedProcess<State, Event> {
    return new LinkedProcess(options, startProcess(program, options.folder, start));
  }

  /** A process that is gone already tells what it left behind, and then that it has ended. */
  static adopt<State, Event>(options: LinkedOptions<State, Event>): LinkedProcess<State, Event> {
    return new LinkedProcess(options, null);
  }

  /** Sends a message; before the attachment and after the end there is nobody to take it. */
  send(message: object): void {
    this.#connection?.send(message);
  }

  /** Ends the process with its group, by force after a grace time; resolves after `ended`. */
  async stop(): Promise<void> {
    this.#asked = true;
    if (this.#attached) this.send({ type: 'end' });
    else this.#signal('SIGTERM');
    const group = this.#group();
    const { graceMs = GRACE_MS } = this.#options;
    if (group !== null && !(await groupEnded(group, graceMs))) this.#signal('SIGKILL');
    if (group === null) this.#letGo.abort();
    await this.#over;
  }

  /** Leaves the process to a later gateway; no event comes any more. */
  release(): void {
    this.#letGo.abort();
    this.#connection?.close();
    this.#child?.unref();
  }

  async #live(): Promise<void> {
    // Whoever made this object has to have it before the first event.
    await Promise.resolve();
    const endpoint = await this.#endpoint();
    if (endpoint !== null) await this.#hold(endpoint);
    if (this.#letGo.signal.aborted && !this.#asked) return;
    if (!this.#taken) await this.#endGroup();
    if (!this.#attached) this.#readLast();
    for (const line of startLogLines(this.#options.folder))
      this.#options.events.log('stderr', line);
    this.#options.events.ended(await this.#end());
  }

  /** Null when the process is gone, is let go, or says nothing in time. */
  async #endpoint(): Promise<Endpoint | null> {
    const late = AbortSignal.timeout(LISTEN_MS);
    const ended = new AbortController();
    void this.#exit.then(() => ended.abort());
    const over = AbortSignal.any([this.#letGo.signal, ended.signal, late]);
    const endpoint = await endpointOf(this.#options.folder, over);
    if (endpoint === null && over.reason === late.reason) this.#ending = NOT_LISTENING;
    return endpoint;
  }

  /** Until the process, or its connection, is gone. */
  async #hold(endpoint: Endpoint): Promise<void> {
    const identity = { pid: endpoint.pid, start: endpoint.start };
    // The number of a process that is gone may be another one's by now.
    if (!(await isAlive(identity))) return;
    this.#identity = identity;
    const { folder } = this.#options;
    this.#connection = attach(folder, endpoint.port, line => this.#receive(line));
    const over = new AbortController();
    await Promise.race([this.#connection.closed, this.#gone(identity, over.signal)]);
    over.abort();
    this.#connection.close();
  }

  async #gone(identity: ProcessIdentity, signal: AbortSignal): Promise<void> {
    if (this.#child !== null) await this.#exit.then(() => delay(WATCH_MS, null, { ref: false }));
    else
      while (!signal.aborted && (await isAlive(identity)))
        await delay(WATCH_MS, null, { ref: false });
  }

  #receive(line: string): void {
    if (this.#letGo.signal.aborted) return;
    const message = readLine(line, this.#options.eventSchema);
    if (message === null) this.#options.events.log('stderr', UNREADABLE);
    else if ('event' in message) this.#options.events.event(message.event);
    else this.#receiveLink(message.link);
  }

  #receiveLink(message: LinkMessage): void {
    if (message.type === 'snapshot') this.#take(message);
    else if (message.type === 'log') this.#log(message.lines);
    else if (message.type === 'ending') this.#ending = message;
    else this.#taken = true;
  }

  #take({ log, state }: Pick<LinkMessage & { type: 'snapshot' }, 'log' | 'state'>): void {
    const known = this.#options.stateSchema.safeParse(state);
    this.#attached = known.success;
    this.#log(log);
    if (known.success) this.#options.events.attached(known.data);
    else this.#options.events.log('stderr', UNREADABLE);
  }

  #log(lines: readonly (readonly ['stdout' | 'stderr', string])[]): void {
    for (const [stream, line] of lines) this.#options.events.log(stream, line);
  }

  /** What a process that ended while it had no gateway has left behind. */
  #readLast(): void {
    const last = readWholeSync(path.join(this.#options.folder, LAST_FILE), lastSchema);
    if (last === null) return;
    this.#take(last.snapshot);
    this.#ending = last;
  }

  #group(): number | null {
    return this.#child?.pid ?? this.#identity?.pid ?? null;
  }

  #signal(signal: NodeJS.Signals): void {
    const group = this.#group();
    if (group !== null) signalGroup(group, signal);
  }

  async #endGroup(): Promise<void> {
    const group = this.#group();
    if (group === null || (await groupEnded(group, CHILDREN_GRACE_MS))) return;
    signalGroup(group, 'SIGKILL');
    await groupEnded(group, KILL_MS);
  }

  async #end(): Promise<LinkedEnd> {
    const cause = this.#asked ? 'asked' : this.#taken ? 'taken' : 'itself';
    const known = this.#child !== null && !this.#taken;
    const exit = known ? await this.#exit : UNKNOWN_EXIT;
    return {
      cause,
      signal: exit.signal,
      why: this.#ending === null ? exit.words : this.#ending.reason
    };
  }
}
