import type { ISessionContext } from '@jupyterlab/apputils';
import type { Kernel, Session } from '@jupyterlab/services';
import { Signal, type ISignal } from '@lumino/signaling';
import type { Timers } from '../../panels/timers.ts';
import { openKernelComm } from './kernel-comm.ts';
import { KernelWatch } from './kernel-watch.ts';
import { LiveClient } from './live-client.ts';
import { OwnSession } from './own-session.ts';

export interface NotebookLinkOptions {
  readonly path: string;
  readonly sessions: Session.IManager;
  readonly timers: Timers;
  readonly tickMs: () => number;
  /** When the page has opened again what was open; a notebook may be among it. */
  readonly settled: Promise<unknown>;
}

/**
 * The one way from this page to the kernel of a notebook, open or not. It takes the connection of the
 * notebook while that is open, and one of its own when there is only a dashboard of it.
 */
export class NotebookLink {
  readonly client: LiveClient;
  readonly #options: NotebookLinkOptions;
  readonly #own: OwnSession;
  readonly #kernelChanged = new Signal<this, void>(this);
  readonly #pathChanged = new Signal<this, string>(this);
  #path: string;
  #context: ISessionContext | null = null;
  #settled = false;
  #watch: KernelWatch | null = null;
  #disposed = false;

  constructor(options: NotebookLinkOptions) {
    this.#options = options;
    this.#path = options.path;
    this.#own = new OwnSession(options.sessions);
    this.client = new LiveClient({
      open: handlers => openKernelComm(this.#watch?.kernel, handlers),
      hasKernel: () => this.state !== 'none',
      timers: options.timers,
      tickMs: options.tickMs
    });
    options.sessions.runningChanged.connect(this.#onRunningChanged, this);
    document.addEventListener('visibilitychange', this.#onPageShown);
    window.addEventListener('pageshow', this.#onPageShown);
    window.addEventListener('pagehide', this.#onPageHide);
    void this.#settle();
  }

  /** Path of the notebook; it follows a notebook that is renamed. */
  get path(): string {
    return this.#path;
  }

  /** The kernel behind the notebook; null while there is none that is known. */
  get kernel(): Kernel.IKernelConnection | null {
    return this.#watch?.kernel ?? null;
  }

  /** Whether there is a kernel, or one may be found in a moment. */
  get state(): 'there' | 'awaited' | 'none' {
    if (this.kernel !== null) return 'there';
    const awaited = !this.#settled || this.#own.isLooking || this.#context?.isReady === false;
    return awaited ? 'awaited' : 'none';
  }

  /** The kernel came, went, is another one, or was not found. */
  get kernelChanged(): ISignal<this, void> {
    return this.#kernelChanged;
  }

  /** The notebook has another path. */
  get pathChanged(): ISignal<this, string> {
    return this.#pathChanged;
  }

  /** The notebook is open: its connection is used from now on. */
  join(context: ISessionContext): void {
    if (this.#context !== null) this.leave(this.#context);
    this.#context = context;
    this.#own.dispose();
    context.kernelChanged.connect(this.#choose, this);
    context.propertyChanged.connect(this.#onProperty, this);
    this.#choose();
    void this.#ready(context);
  }

  /** The notebook is closed; nothing happens when another one has joined since. */
  leave(context: ISessionContext): void {
    if (this.#context !== context) return;
    context.kernelChanged.disconnect(this.#choose, this);
    context.propertyChanged.disconnect(this.#onProperty, this);
    this.#context = null;
    this.#choose();
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    if (this.#context !== null) this.leave(this.#context);
    this.#options.sessions.runningChanged.disconnect(this.#onRunningChanged, this);
    document.removeEventListener('visibilitychange', this.#onPageShown);
    window.removeEventListener('pageshow', this.#onPageShown);
    window.removeEventListener('pagehide', this.#onPageHide);
    this.client.dispose();
    this.#watch?.dispose();
    this.#own.dispose();
    Signal.clearData(this);
  }

  async #settle(): Promise<void> {
    await this.#options.settled.catch(() => undefined);
    this.#settled = true;
    this.#choose();
    if (!this.#disposed) this.#kernelChanged.emit();
  }

  /** A notebook that is ready without a kernel has none. */
  async #ready(context: ISessionContext): Promise<void> {
    await context.ready;
    if (this.#context === context && !this.#disposed) this.#kernelChanged.emit();
  }

  /** Takes the kernel connection that can be used best now. */
  #choose(): void {
    if (this.#disposed) return;
    const kernel = this.#usableKernel();
    if (kernel === null && this.#needsOwn()) void this.#connect();
    this.#use(kernel);
  }

  /** Not before the page has opened what was open, nor while the notebook connects by itself. */
  #needsOwn(): boolean {
    if (this.#disposed || !this.#settled) return false;
    return this.#context === null || this.#context.session !== null;
  }

  /** That of the open notebook, unless another connection of this page has taken its comms. */
  #usableKernel(): Kernel.IKernelConnection | null {
    const shared = this.#context?.session?.kernel ?? null;
    const kernel = shared?.handleComms === true ? shared : this.#own.current?.kernel;
    return kernel?.isDisposed === false ? kernel : null;
  }

  async #connect(): Promise<void> {
    const session = await this.#own.connect(this.#path, () => this.#needsOwn());
    if (session === null) {
      if (!this.#disposed) this.#kernelChanged.emit();
      return;
    }
    session.kernelChanged.connect(this.#choose, this);
    session.disposed.connect(this.#choose, this);
    session.propertyChanged.connect(this.#onProperty, this);
    this.#choose();
  }

  #use(kernel: Kernel.IKernelConnection | null): void {
    if (kernel === this.kernel) return;
    this.#watch?.dispose();
    this.#watch =
      kernel === null
        ? null
        : new KernelWatch(kernel, {
            there: () => this.client.restart(),
            gone: () => this.client.lost()
          });
    this.client.restart();
    this.#kernelChanged.emit();
  }

  #onProperty(_: unknown, property: 'path' | 'name' | 'type'): void {
    const path = this.#context?.path ?? this.#own.current?.path ?? this.#path;
    if (property !== 'path' || path === this.#path) return;
    this.#path = path;
    this.#pathChanged.emit(path);
  }

  #onRunningChanged(): void {
    if (this.kernel === null || this.kernel.isDisposed) this.#choose();
  }

  /** A page that was asleep has missed what its timers were for. */
  readonly #onPageShown = (): void => {
    if (!document.hidden) this.client.wake();
  };

  /** A page that goes says so: the kernel would send on until the lease ends. */
  readonly #onPageHide = (): void => {
    this.client.lost();
  };
}
