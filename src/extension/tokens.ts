import type { NotebookPanel } from '@jupyterlab/notebook';
import { Token } from '@lumino/coreutils';
import type { LiveView } from '../panels/live-view.ts';
import type { KernelLinks } from './link/kernel-links.ts';
import type { ViewRenderer } from './renderer.ts';
import type { Fleet } from './streams/fleet.ts';
import type { ViewSettings } from './view-settings.ts';

/** The settings of the user as they are now. */
export type IViewSettings = () => ViewSettings;

export const IViewSettings = new Token<IViewSettings>(
  'headrace:IViewSettings',
  'How a person wants live views to be shown.'
);

/** The links of this page to the kernels behind its notebooks. */
export type IKernelLinks = KernelLinks;

export const IKernelLinks = new Token<IKernelLinks>(
  'headrace:IKernelLinks',
  'The links of the page to the kernels behind its notebooks.'
);

/** The live views of the notebooks that are open. */
export interface ILiveViews {
  /** Views of a notebook, in no order. */
  of(panel: NotebookPanel): Iterable<ViewRenderer>;
  /** Views of all notebooks. */
  all(): Iterable<ViewRenderer>;
}

export const ILiveViews = new Token<ILiveViews>(
  'headrace:ILiveViews',
  'The live views of the notebooks that are open.'
);

/** The dashboards that are open. */
export interface IDashboards {
  /** Their views that are live, or show a saved picture; of one notebook where a path is given. */
  views(path?: string): Iterable<LiveView>;
}

export const IDashboards = new Token<IDashboards>(
  'headrace:IDashboards',
  'The dashboards of live views that are open.'
);

/** What runs for the notebooks of this server. */
export type IFleet = Fleet;

export const IFleet = new Token<IFleet>(
  'headrace:IFleet',
  'The streams, producers, topics and sessions of the notebooks that run.'
);
