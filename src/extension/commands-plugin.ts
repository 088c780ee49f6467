import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import type { LiveView } from '../panels/live-view.ts';
import { CommandIDs } from './command-ids.ts';
import { IDashboards, ILiveViews } from './tokens.ts';
import { addViewCommands } from './view-commands.ts';

/** Commands on the live views of the notebook in front. */
export const commandsPlugin: JupyterFrontEndPlugin<void> = {
  id: 'headrace:commands',
  description: 'Commands that pause the live views of a notebook or show their tables.',
  autoStart: true,
  requires: [INotebookTracker, ILiveViews, IDashboards],
  optional: [ICommandPalette, ITranslator],
  activate: (
    app,
    notebooks: INotebookTracker,
    views: ILiveViews,
    dashboards: IDashboards,
    palette: ICommandPalette | null,
    translator: ITranslator | null
  ) => {
    const trans = (translator ?? nullTranslator).load('headrace');
    // Those in its cells, and those in its dashboard; without a notebook all that there are.
    const current = (): LiveView[] => {
      const panel = notebooks.currentWidget;
      if (panel === null) return [...dashboards.views()];
      const inCells = [...views.of(panel)].flatMap(({ live }) => live ?? []);
      return [...inCells, ...dashboards.views(panel.sessionContext.path)];
    };
    addViewCommands({ app, notebooks, views, current, trans });
    for (const command of [CommandIDs.pauseViews, CommandIDs.showTables, CommandIDs.jumpToLive])
      palette?.addItem({ command, category: trans.__('Headrace') });
  }
};
