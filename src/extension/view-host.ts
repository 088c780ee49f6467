import { LiveView } from '../panels/live-view.ts';
import type { Timers } from '../panels/timers.ts';
import type { Translate } from '../panels/translate.ts';
import type { ViewSnapshot } from '../shared/view.ts';
import type { LiveClient } from './link/live-client.ts';
import type { ViewSettings } from './view-settings.ts';

export interface ViewHostOptions {
  readonly snapshot: ViewSnapshot;
  /** Where frames come from; null where a notebook is only looked at. */
  readonly client: LiveClient | null;
  readonly timers: Timers;
  readonly trans: Translate;
  readonly settings: () => ViewSettings;
  /** Shows the view beside the notebook; null where it is shown so, or cannot be. */
  readonly openPanel: (() => void) | null;
  /** Whether it fills its place, as in a dashboard. */
  readonly fills: boolean;
  readonly onPainted?: () => void;
  readonly onFinal?: () => void;
}

/** A live view together with its feed: what a cell and a tile of a dashboard have in common. */
export class ViewHost {
  readonly live: LiveView;
  readonly #stopFeed: () => void;

  constructor(options: ViewHostOptions) {
    const { snapshot, client, timers, trans, settings, openPanel, fills } = options;
    const live: LiveView = new LiveView({
      snapshot,
      timers,
      trans,
      asTable: settings().asTable,
      source: client?.source(snapshot.view.id) ?? null,
      openPanel,
      fills,
      viewsInSight: () => client?.viewsInSight ?? 1,
      onVisible: visible => client?.setVisible(live, visible),
      onPainted: () => options.onPainted?.(),
      onFinal: () => options.onFinal?.()
    });
    this.live = live;
    this.#stopFeed = client?.add(live) ?? (() => undefined);
  }

  dispose(): void {
    this.#stopFeed();
    this.live.dispose();
  }
}
