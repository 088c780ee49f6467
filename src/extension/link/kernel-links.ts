import type { ISessionContext } from '@jupyterlab/apputils';
import type { ServiceManager } from '@jupyterlab/services';
import { Signal, type ISignal } from '@lumino/signaling';
import type { Timers } from '../../panels/timers.ts';
import { NotebookLink } from './notebook-link.ts';

/** Name of the kernel specification, as `tools/build.mjs` writes it. */
const KERNEL_NAME = 'headrace';

/** A share in a link; the link ends with the last one. Whoever took it disposes of it. */
export interface LinkLease {
  readonly link: NotebookLink;
  dispose(): void;
}

export interface KernelLinksOptions {
  readonly sessions: ServiceManager.IManager['sessions'];
  readonly timers: Timers;
  readonly tickMs: () => number;
  /** When the page has opened again what was open. */
  readonly settled: Promise<unknown>;
}

/** The links of this page, one a notebook, for everything that shows something of it. */
export class KernelLinks {
  readonly #options: KernelLinksOptions;
  readonly #leases = new Map<NotebookLink, number>();
  readonly #runningChanged = new Signal<this, void>(this);

  constructor(options: KernelLinksOptions) {
    this.#options = options;
    options.sessions.runningChanged.connect(() => this.#runningChanged.emit());
  }

  /** Notebooks of this server, open here or not, whose kernel is a Headrace. */
  get running(): string[] {
    return [...this.#options.sessions.running()]
      .filter(({ type, kernel }) => type === 'notebook' && kernel?.name === KERNEL_NAME)
      .map(({ path }) => path)
      .toSorted();
  }

  /** A kernel was started or ended, somewhere. */
  get runningChanged(): ISignal<this, void> {
    return this.#runningChanged;
  }

  /** The link of a notebook. */
  acquire(path: string): LinkLease {
    const known = [...this.#leases.keys()].find(link => link.path === path);
    const link = known ?? new NotebookLink({ path, ...this.#options });
    this.#leases.set(link, (this.#leases.get(link) ?? 0) + 1);
    let held = true;
    return {
      link,
      dispose: () => {
        if (held) this.#release(link);
        held = false;
      }
    };
  }

  /** The link of a notebook that is open, on the notebook's own connection. */
  join(context: ISessionContext): LinkLease {
    const lease = this.acquire(context.path);
    lease.link.join(context);
    return {
      link: lease.link,
      dispose: () => {
        lease.link.leave(context);
        lease.dispose();
      }
    };
  }

  #release(link: NotebookLink): void {
    const left = (this.#leases.get(link) ?? 0) - 1;
    if (left > 0) {
      this.#leases.set(link, left);
      return;
    }
    this.#leases.delete(link);
    link.dispose();
  }
}
