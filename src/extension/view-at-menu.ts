import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { INotebookTracker } from '@jupyterlab/notebook';
import type { LiveView } from '../panels/live-view.ts';
import type { ILiveViews } from './tokens.ts';

/** Class of the output that holds a view; menus are bound to it in `schema/live.json`. */
const OUTPUT_CLASS = 'jp-HeadraceOutput';

/** The view for which the context menu was last opened, and its notebook; null where there is none. */
export function viewAtMenu({
  app,
  notebooks,
  views
}: {
  readonly app: JupyterFrontEnd;
  readonly notebooks: INotebookTracker;
  readonly views: ILiveViews;
}): { readonly path: string; readonly live: LiveView } | null {
  const node = app.contextMenuHitTest(one => one.classList.contains(OUTPUT_CLASS));
  if (node === undefined) return null;
  let found: { path: string; live: LiveView } | null = null;
  notebooks.forEach(panel => {
    for (const { node: output, live } of views.of(panel))
      if (output === node && live !== null) found = { path: panel.sessionContext.path, live };
  });
  return found;
}
