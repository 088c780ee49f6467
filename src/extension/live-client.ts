import {
  ACK_MS,
  DROP_MS,
  LEASE_MS,
  serverMessageSchema,
  type ClientMessage,
  type ServerMessage
} from '../shared/live-protocol.ts';
import { viewFrameSchema, type ViewFrame } from '../shared/view.ts';
import type { Connection } from '../panels/view-state.ts';
import type { Timers } from '../panels/timers.ts';

/** The part of a comm that a client needs. */
export interface LiveComm {
  readonly isDisposed: boolean;
  send(message: ClientMessage): void;
  /** Closes the comm where the kernel still answers, and forgets it. */
  dispose(): void;
}

export interface LiveCommHandlers {
  /** Untrusted content of a comm message. */
  readonly message: (data: unknown) => void;
  readonly closed: () => void;
}

export interface LiveClientOptions {
  /** Opens the comm to the kernel there is now, or gives null while there is none that answers. */
  readonly open: (handlers: LiveCommHandlers) => LiveComm | null;
  /** Whether there is, or may soon be, a kernel behind the notebook. */
  readonly hasKernel: () => boolean;
  readonly timers: Timers;
  /** Wanted time between frames, milliseconds; the kernel has a lower limit. */
  readonly tickMs: () => number;
}

/** A view as its client sees it. */
export interface LiveSink {
  readonly id: string;
  readonly wantsFrames: boolean;
  readonly paintMs: number;
  receive(frame: ViewFrame, seq: number, at: number): void;
  connect(connection: Connection): void;
}

/** First wait before a comm is opened again, doubled up to the second. */
const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 30_000;
/** How often the kernel is asked again for views that it did not know; a stream may be adopted late. */
const ASK_AGAIN_MS = 5_000;

/**
 * All views of one notebook on one comm. It says which views can be seen, acknowledges once a second
 * (more often would make the Jupyter server hold small messages back), and opens the comm again
 * after a restart of the kernel or when the kernel does not answer.
 */
export class LiveClient {
  readonly #options: LiveClientOptions;
  readonly #sinks = new Map<LiveSink, { visible: boolean }>();
  #comm: LiveComm | null = null;
  #answered = false;
  #told = '';
  #toldAt = 0;
  #unknown: ReadonlySet<string> = new Set();
  #seq = 0;
  #askedAt: number | null = null;
  #answeredAt = 0;
  #retryMs = FIRST_RETRY_MS;
  #openAt = 0;
  #cancelBeat: (() => void) | null = null;
  #disposed = false;

  constructor(options: LiveClientOptions) {
    this.#options = options;
  }

  /** Feeds a view from now on; the result ends that. */
  add(sink: LiveSink): () => void {
    this.#sinks.set(sink, { visible: false });
    sink.connect(this.#options.hasKernel() ? 'connecting' : 'none');
    this.#startBeat();
    return () => {
      this.#sinks.delete(sink);
      this.#watch();
    };
  }

  /** Frames come for views that can be seen only. */
  setVisible(sink: LiveSink, visible: boolean): void {
    const known = this.#sinks.get(sink);
    if (known === undefined || known.visible === visible) return;
    known.visible = visible;
    this.#watch();
  }

  /** Asks the kernel to stop the stream behind a view. */
  stop(id: string): void {
    if (this.#comm !== null) this.#send(this.#comm, { type: 'stop', view: id });
  }

  /** The connection to the kernel broke. */
  lost(): void {
    this.#drop('lost');
  }

  /** The kernel is another one, or the same one started anew: opens the comm again. */
  restart(): void {
    this.#drop('connecting');
    this.#retryMs = FIRST_RETRY_MS;
    this.#openAt = 0;
    this.#watch();
  }

  dispose(): void {
    this.#disposed = true;
    this.#cancelBeat?.();
    this.#sinks.clear();
    this.#comm?.dispose();
    this.#comm = null;
  }

  /** Tells the kernel which views are seen; opens the comm when there is a reason to. */
  #watch(): void {
    if (this.#disposed) return;
    const views = this.#watched();
    if (this.#comm !== null && this.#sinceTold() > DROP_MS / 2) this.#forget();
    const comm = this.#comm ?? (views.length > 0 ? this.#open() : null);
    if (comm === null) return;
    this.#askedAt ??= this.#options.timers.now();
    this.#told = views.join('\n');
    this.#send(comm, { type: 'watch', views, tickMs: this.#options.tickMs() });
  }

  #send(comm: LiveComm, message: ClientMessage): void {
    this.#toldAt = this.#options.timers.now();
    comm.send(message);
  }

  /** A kernel forgets a page that says nothing, as a hidden page does. */
  #sinceTold(): number {
    return this.#options.timers.now() - this.#toldAt;
  }

  #watched(): string[] {
    const wanted = [...this.#sinks].filter(([sink, { visible }]) => visible && sink.wantsFrames);
    return [...new Set(wanted.map(([sink]) => sink.id))];
  }

  #open(): LiveComm | null {
    const { timers, open, hasKernel } = this.#options;
    if (timers.now() < this.#openAt) return null;
    this.#toldAt = timers.now();
    this.#openAt = timers.now() + this.#retryMs;
    this.#retryMs = Math.min(LONGEST_RETRY_MS, this.#retryMs * 2);
    this.#comm = open({
      message: data => this.#receive(data),
      closed: () => this.#closed()
    });
    this.#answered = false;
    this.#seq = 0;
    if (this.#comm === null) this.#tell(hasKernel() ? 'connecting' : 'none');
    return this.#comm;
  }

  #drop(connection: Connection): void {
    this.#forget();
    this.#tell(this.#options.hasKernel() ? connection : 'none');
  }

  /** A kernel that closes the comm without a word has no live views: another kernel, or an old one. */
  #closed(): void {
    if (!this.#answered) this.#openAt = this.#options.timers.now() + LONGEST_RETRY_MS;
    this.#drop(this.#answered ? 'lost' : 'unknown');
  }

  #forget(): void {
    const comm = this.#comm;
    this.#comm = null;
    this.#askedAt = null;
    this.#unknown = new Set();
    comm?.dispose();
  }

  #tell(connection: Connection): void {
    for (const [sink] of this.#sinks) if (sink.wantsFrames) sink.connect(connection);
  }

  /** Never waits: a handler that does holds up every message of the kernel. */
  #receive(data: unknown): void {
    const parsed = serverMessageSchema.safeParse(data);
    if (!parsed.success) return;
    this.#askedAt = null;
    this.#answered = true;
    this.#answeredAt = this.#options.timers.now();
    this.#retryMs = FIRST_RETRY_MS;
    if (parsed.data.type === 'frame') this.#receiveFrame(parsed.data);
    else if (parsed.data.type === 'views') this.#receiveViews(parsed.data);
  }

  #receiveFrame({ seq, at, views }: Extract<ServerMessage, { type: 'frame' }>): void {
    if (seq <= this.#seq) return;
    this.#seq = seq;
    for (const [sink] of this.#sinks) {
      const frame = viewFrameSchema.safeParse(views[sink.id]);
      if (frame.success) sink.receive(frame.data, seq, at);
    }
  }

  #receiveViews({ unknown }: Extract<ServerMessage, { type: 'views' }>): void {
    this.#unknown = new Set(unknown);
    for (const [sink, { visible }] of this.#sinks) {
      if (this.#unknown.has(sink.id)) sink.connect('unknown');
      else if (visible && sink.wantsFrames) sink.connect('connected');
    }
  }

  #startBeat(): void {
    this.#cancelBeat ??= this.#options.timers.after(ACK_MS, () => {
      this.#cancelBeat = null;
      this.#beat();
      if (this.#sinks.size > 0 && !this.#disposed) this.#startBeat();
    });
  }

  #beat(): void {
    const now = this.#options.timers.now();
    const silent = this.#askedAt !== null && now - this.#askedAt > LEASE_MS;
    if (this.#comm?.isDisposed === true || silent) this.#drop('lost');
    const watched = this.#watched();
    const waits = this.#askedAt !== null;
    const askAgain = !waits && this.#unknown.size > 0 && now - this.#answeredAt >= ASK_AGAIN_MS;
    if (this.#comm === null || askAgain || watched.join('\n') !== this.#told) this.#watch();
    else if (watched.length > 0)
      this.#send(this.#comm, { type: 'ack', seq: this.#seq, paintMs: this.#slowestPaint() });
  }

  #slowestPaint(): number {
    return Math.max(0, ...[...this.#sinks].map(([sink]) => sink.paintMs));
  }
}
