import type { Timers } from '../../panels/timers.ts';
import type { ViewSource } from '../../panels/view-source.ts';
import type { Connection } from '../../panels/view-state.ts';
import type { Endable, Inventory } from '../../shared/inventory.ts';
import { ACK_MS, type ClientMessage, type ServerMessage } from '../../shared/live-protocol.ts';
import type { LiveComm, LiveCommHandlers } from './live-comm.ts';
import { NoAnswer, Questions, type Answer } from './questions.ts';
import { readFrame, readMessage, requestOf } from './read-message.ts';
import { Retry } from './retry.ts';
import { Sinks, type LiveSink } from './sinks.ts';
import { Talk, wantsNothing, type Wanted } from './talk.ts';

export interface LiveClientOptions {
  /** Opens the comm to the kernel there is now, or gives null while there is none that answers. */
  readonly open: (handlers: LiveCommHandlers) => LiveComm | null;
  /** Whether there is, or may soon be, a kernel behind the notebook. */
  readonly hasKernel: () => boolean;
  readonly timers: Timers;
  /** Wanted time between frames, milliseconds; the kernel has a lower limit. */
  readonly tickMs: () => number;
}

/** A comm that lived for so long was a good one, milliseconds. */
const STEADY_MS = 2_000;

/**
 * Everything that a page wants of the kernel of one notebook, on one comm. It says which views can be
 * seen, acknowledges once a second (more often would make the Jupyter server hold small messages
 * back), and opens the comm again when the kernel restarts, forgets it, or does not answer.
 */
export class LiveClient {
  readonly #options: LiveClientOptions;
  readonly #sinks = new Sinks();
  readonly #lists = new Set<(inventory: Inventory) => void>();
  readonly #questions: Questions;
  readonly #retry = new Retry();
  #talk: Talk | null = null;
  /** Streams that run, as the kernel has said last. */
  #running: ReadonlyMap<string, number> = new Map();
  #connection: Connection = 'none';
  #wasConnected = false;
  #ignored = 0;
  #cancelBeat: (() => void) | null = null;
  #cancelWatch: (() => void) | null = null;
  /** Whether a view came to be seen that wants the present state, though others watch the same one. */
  #newcomer = false;
  #disposed = false;

  constructor(options: LiveClientOptions) {
    this.#options = options;
    this.#questions = new Questions(options.timers);
  }

  /** Views of the notebook that can be seen just now. */
  get viewsInSight(): number {
    return this.#sinks.inSight;
  }

  /** Messages, and frames for views that nobody asked for, that were left unread. */
  get ignored(): number {
    return this.#ignored;
  }

  /** Feeds a view from now on; the result ends that. */
  add(sink: LiveSink): () => void {
    this.#sinks.add(sink);
    if (this.#talk === null) this.#connection = this.#hope();
    sink.connect(this.#talk?.answered === true ? 'connecting' : this.#connection);
    sink.revive?.(this.#running);
    this.#startBeat();
    return () => {
      this.#sinks.delete(sink);
      this.#watchSoon();
    };
  }

  /** Frames come for views that can be seen only. */
  setVisible(sink: LiveSink, visible: boolean): void {
    if (!this.#sinks.setVisible(sink, visible)) return;
    this.#newcomer ||= visible;
    this.#watchSoon();
  }

  /** Passes on what runs, about once a second, from now on; the result ends that. */
  list(listener: (inventory: Inventory) => void): () => void {
    this.#lists.add(listener);
    this.#startBeat();
    this.#watchSoon();
    return () => {
      this.#lists.delete(listener);
      this.#watchSoon();
    };
  }

  /** What a view can ask of the kernel; answers that do not come are rejected as `NoAnswer`. */
  source(id: string): ViewSource {
    return {
      stop: () => this.#send({ type: 'stop', view: id }),
      look: async at => {
        const answer = await this.#ask(request => ({ type: 'look', request, view: id, at }));
        if (answer.type !== 'past') throw new NoAnswer('unreadable');
        return answer.frame === null ? null : { frame: answer.frame, at: answer.at };
      },
      trace: async row => {
        const answer = await this.#ask(request => ({ type: 'trace', request, view: id, row }));
        if (answer.type !== 'records') throw new NoAnswer('unreadable');
        const { records, searched, note } = answer;
        return { records, searched, note };
      }
    };
  }

  /** Asks the kernel to end something that it listed. */
  end(what: Endable, name: string): void {
    this.#send({ type: 'end', what, name });
  }

  /** The connection to the kernel broke. */
  lost(): void {
    this.#drop(this.#wasConnected ? 'lost' : 'connecting');
  }

  /** The kernel is another one, or the same one started anew, or can be reached again. */
  restart(): void {
    this.#drop('connecting');
    this.#retry.reset();
    this.#watch();
  }

  /** The page goes on after it was asleep or hidden, perhaps for long. */
  wake(): void {
    this.#retry.reset();
    this.#beat();
  }

  dispose(): void {
    this.#disposed = true;
    this.#cancelBeat?.();
    this.#cancelWatch?.();
    this.#sinks.clear();
    this.#lists.clear();
    this.#forget();
  }

  #wanted(): Wanted {
    return { views: this.#sinks.watched(), inventory: this.#lists.size > 0 };
  }

  /** Views come and go by the dozen; the kernel is told once. */
  #watchSoon(ms = 0): void {
    if (this.#disposed) return;
    this.#cancelWatch?.();
    this.#cancelWatch = this.#options.timers.after(ms, () => this.#watch());
  }

  /** Tells the kernel what is wanted; opens the comm when there is a reason to. */
  #watch(): void {
    if (this.#disposed) return;
    const { timers, tickMs } = this.#options;
    const wanted = this.#wanted();
    if (this.#talk?.isForgotten(timers.now()) === true) this.#forget();
    const talk = this.#talk ?? (wantsNothing(wanted) ? null : this.#open());
    if (this.#newcomer) talk?.repeat();
    this.#newcomer = false;
    talk?.watch(wanted, tickMs(), timers.now());
  }

  #open(): Talk | null {
    const now = this.#options.timers.now();
    if (this.#retry.wait(now) > 0) return null;
    // One that is closed while it is opened must not be taken for the one that follows.
    let talk: Talk | null = null;
    const comm = this.#options.open({
      message: data => {
        if (talk !== null && talk === this.#talk) this.#receive(data, talk);
      },
      closed: () => {
        if (talk !== null && talk === this.#talk) this.#closed(talk);
      }
    });
    if (comm === null) {
      this.#tell(this.#hope());
      return null;
    }
    this.#retry.tried(now);
    talk = this.#talk = new Talk(comm, now);
    return talk;
  }

  /** What can be said while nothing is known. */
  #hope(): Connection {
    if (!this.#options.hasKernel()) return 'none';
    return this.#wasConnected ? 'lost' : 'connecting';
  }

  #drop(connection: Connection): void {
    this.#forget();
    this.#tell(this.#options.hasKernel() ? connection : 'none');
  }

  /** A kernel that closes the comm without a word has no live views: another kernel, or an old one. */
  #closed(talk: Talk): void {
    const now = this.#options.timers.now();
    if (!talk.answered) {
      this.#retry.giveUp(now);
      this.#drop('unknown');
      return;
    }
    if (now - talk.openedAt >= STEADY_MS) this.#retry.reset();
    this.#drop('lost');
    this.#watchSoon(this.#retry.wait(now));
  }

  #forget(): void {
    const talk = this.#talk;
    this.#talk = null;
    this.#running = new Map();
    talk?.dispose();
    this.#questions.failAll('lost');
  }

  #tell(connection: Connection): void {
    if (connection === this.#connection) return;
    this.#connection = connection;
    this.#sinks.connect(connection);
  }

  #send(message: ClientMessage): void {
    this.#talk?.send(message, this.#options.timers.now());
  }

  #ask(question: (request: number) => ClientMessage): Promise<Answer> {
    if (this.#talk === null) return Promise.reject(new NoAnswer('lost'));
    return this.#questions.ask(request => this.#send(question(request)));
  }

  /** Never waits: a handler that does holds up every message of the kernel. */
  #receive(data: unknown, talk: Talk): void {
    const message = readMessage(data);
    if (message === null) {
      this.#ignored += 1;
      const request = requestOf(data);
      if (request !== null) this.#questions.fail(request, 'unreadable');
      return;
    }
    talk.hear();
    this.#wasConnected = true;
    this.#connection = 'connected';
    if (this.#options.timers.now() - talk.openedAt >= STEADY_MS) this.#retry.reset();
    if (message.type === 'frame') this.#receiveFrame(message, talk);
    else if (message.type === 'views') this.#receiveViews(message, talk);
    else this.#questions.answer(message);
  }

  #receiveFrame(message: Extract<ServerMessage, { type: 'frame' }>, talk: Talk): void {
    if (!talk.isNext(message.seq)) return;
    for (const [id, value] of Object.entries(message.views))
      this.#deliver(id, value, message, talk);
    const { inventory } = message;
    if (inventory !== undefined) for (const listener of [...this.#lists]) listener(inventory);
  }

  #deliver(id: string, value: unknown, at: { seq: number; at: number }, talk: Talk): void {
    const sinks = this.#sinks.of(id);
    if (sinks.length === 0) {
      if (!talk.wanted(id)) this.#ignored += 1;
      return;
    }
    const frame = readFrame(value);
    for (const sink of sinks)
      if (frame === null) sink.dropped(1);
      else sink.receive(frame, at.seq, at.at);
  }

  #receiveViews(message: Extract<ServerMessage, { type: 'views' }>, talk: Talk): void {
    talk.hearUnknown(message.unknown);
    this.#sinks.known(message.views, talk.unknown);
    this.#running = new Map(Object.entries(message.running ?? {}));
    if (this.#sinks.revive(this.#running)) this.#watchSoon();
  }

  #startBeat(): void {
    this.#cancelBeat ??= this.#options.timers.after(ACK_MS, () => {
      this.#cancelBeat = null;
      this.#beat();
      if (this.#sinks.size + this.#lists.size > 0 && !this.#disposed) this.#startBeat();
    });
  }

  #beat(): void {
    const now = this.#options.timers.now();
    if (this.#talk?.isDead(now) === true) this.#drop('lost');
    const wanted = this.#wanted();
    const talk = this.#talk;
    if (talk === null || talk.isForgotten(now) || talk.isBehind(wanted, now)) this.#watch();
    else if (!wantsNothing(wanted)) {
      const paintMs = this.#sinks.slowestPaint;
      talk.send({ type: 'ack', seq: talk.seq, paintMs }, now);
    }
  }
}
