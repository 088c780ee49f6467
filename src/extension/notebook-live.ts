import type { ISessionContext } from '@jupyterlab/apputils';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { Kernel } from '@jupyterlab/services';
import { pageTimers } from '../panels/page-timers.ts';
import type { Translate } from '../panels/translate.ts';
import { VIEW_MIME } from '../shared/names.ts';
import { answers, openKernelComm } from './kernel-comm.ts';
import { LiveClient } from './live-client.ts';
import { ViewRenderer } from './renderer.ts';
import type { ViewSettings } from './view-settings.ts';

/** Before the renderers of JupyterLab, so that the live view is chosen and not its saved picture. */
const FIRST_RANK = 0;

export interface NotebookLiveOptions {
  readonly panel: NotebookPanel;
  readonly trans: Translate;
  readonly settings: () => ViewSettings;
}

/** The live views of one open notebook, and their one connection to its kernel. */
export class NotebookLive {
  readonly #panel: NotebookPanel;
  readonly #renderers = new Set<ViewRenderer>();
  readonly #client: LiveClient;
  #answered = true;

  constructor({ panel, trans, settings }: NotebookLiveOptions) {
    this.#panel = panel;
    const kernel = (): Kernel.IKernelConnection | null =>
      panel.sessionContext.session?.kernel ?? null;
    this.#client = new LiveClient({
      open: handlers => openKernelComm(kernel(), handlers),
      hasKernel: () => kernel() !== null || !panel.sessionContext.isReady,
      timers: pageTimers,
      tickMs: () => settings().tickMs
    });
    panel.content.rendermime.addFactory(
      {
        safe: true,
        mimeTypes: [VIEW_MIME],
        createRenderer: () => this.#create(trans, settings)
      },
      FIRST_RANK
    );
    this.#connect(panel.sessionContext);
    window.addEventListener('pagehide', this.#onPageHide);
  }

  /** The renderers whose cells are on the page. */
  get renderers(): Iterable<ViewRenderer> {
    return this.#renderers;
  }

  dispose(): void {
    const { sessionContext } = this.#panel;
    sessionContext.kernelChanged.disconnect(this.#onKernelChanged, this);
    sessionContext.statusChanged.disconnect(this.#onStatusChanged, this);
    sessionContext.connectionStatusChanged.disconnect(this.#onConnectionChanged, this);
    window.removeEventListener('pagehide', this.#onPageHide);
    this.#client.dispose();
  }

  /** A page that goes says so: the kernel would send on until the lease ends. */
  readonly #onPageHide = (): void => {
    this.#client.lost();
  };

  #create(trans: Translate, settings: () => ViewSettings): ViewRenderer {
    const renderer = new ViewRenderer({
      client: this.#client,
      timers: pageTimers,
      trans,
      settings,
      onDispose: gone => this.#renderers.delete(gone)
    });
    this.#renderers.add(renderer);
    return renderer;
  }

  #connect(sessionContext: ISessionContext): void {
    sessionContext.kernelChanged.connect(this.#onKernelChanged, this);
    sessionContext.statusChanged.connect(this.#onStatusChanged, this);
    sessionContext.connectionStatusChanged.connect(this.#onConnectionChanged, this);
  }

  #onKernelChanged(): void {
    this.#client.restart();
  }

  /** A restart keeps the kernel object and throws its comms away without a word. */
  #onStatusChanged(_: ISessionContext, status: Kernel.Status): void {
    const answered = this.#answered;
    this.#answered = answers(status);
    if (answered && !this.#answered) this.#client.lost();
    if (!answered && this.#answered) this.#client.restart();
  }

  #onConnectionChanged(_: ISessionContext, status: Kernel.ConnectionStatus): void {
    if (status === 'connected') this.#client.restart();
    else this.#client.lost();
  }
}
