import type { NotebookPanel } from '@jupyterlab/notebook';
import { pageTimers } from '../panels/page-timers.ts';
import type { Translate } from '../panels/translate.ts';
import { VIEW_MIME } from '../shared/names.ts';
import type { KernelLinks, LinkLease } from './link/kernel-links.ts';
import { ViewRenderer } from './renderer.ts';
import type { ViewSettings } from './view-settings.ts';

/** Before the renderers of JupyterLab, so that the live view is chosen and not its saved picture. */
const FIRST_RANK = 0;

export interface NotebookLiveOptions {
  readonly panel: NotebookPanel;
  readonly links: KernelLinks;
  readonly trans: Translate;
  readonly settings: () => ViewSettings;
  /** Shows a view of a notebook beside it. */
  readonly openView: (path: string, view: string) => void;
}

/** The live views of one open notebook. */
export class NotebookLive {
  readonly #options: NotebookLiveOptions;
  readonly #renderers = new Set<ViewRenderer>();
  readonly #lease: LinkLease;

  constructor(options: NotebookLiveOptions) {
    const { panel, links } = options;
    this.#options = options;
    this.#lease = links.join(panel.sessionContext);
    panel.content.rendermime.addFactory(
      { safe: true, mimeTypes: [VIEW_MIME], createRenderer: () => this.#create() },
      FIRST_RANK
    );
  }

  /** The renderers whose cells are on the page. */
  get renderers(): Iterable<ViewRenderer> {
    return this.#renderers;
  }

  dispose(): void {
    this.#lease.dispose();
  }

  #create(): ViewRenderer {
    const { trans, settings, openView } = this.#options;
    const { link } = this.#lease;
    const renderer = new ViewRenderer({
      client: link.client,
      timers: pageTimers,
      trans,
      settings,
      openView: view => openView(link.path, view),
      onDispose: gone => this.#renderers.delete(gone)
    });
    this.#renderers.add(renderer);
    return renderer;
  }
}
