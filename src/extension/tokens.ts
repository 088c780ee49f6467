import type { NotebookPanel } from '@jupyterlab/notebook';
import { Token } from '@lumino/coreutils';
import type { ViewRenderer } from './renderer.ts';

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
