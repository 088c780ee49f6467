import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { INotebookTracker, type NotebookPanel } from '@jupyterlab/notebook';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { CommandIDs } from './command-ids.ts';
import { NotebookLive } from './notebook-live.ts';
import { IKernelLinks, ILiveViews, IViewSettings } from './tokens.ts';

/** Draws the views of a notebook live, on one connection to its kernel. */
export const livePlugin: JupyterFrontEndPlugin<ILiveViews> = {
  id: 'headrace:live',
  description: 'Draws live views in the cells of a notebook.',
  autoStart: true,
  requires: [INotebookTracker, IKernelLinks, IViewSettings],
  optional: [ITranslator],
  provides: ILiveViews,
  activate: (
    app,
    tracker: INotebookTracker,
    links: IKernelLinks,
    settings: IViewSettings,
    translator: ITranslator | null
  ) => {
    const trans = (translator ?? nullTranslator).load('headrace');
    const openView = (path: string, view: string): void => {
      void app.commands.execute(CommandIDs.openView, { path, view });
    };
    const notebooks = new Map<NotebookPanel, NotebookLive>();
    const add = (panel: NotebookPanel): void => {
      const live = new NotebookLive({ panel, links, trans, settings, openView });
      notebooks.set(panel, live);
      panel.disposed.connect(() => {
        notebooks.delete(panel);
        live.dispose();
      });
    };
    tracker.forEach(add);
    tracker.widgetAdded.connect((_, panel) => add(panel));
    return {
      of: panel => notebooks.get(panel)?.renderers ?? [],
      all: () => [...notebooks.values()].flatMap(live => [...live.renderers])
    };
  }
};
