import {
  ILabShell,
  ILayoutRestorer,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { CommandIDs } from './command-ids.ts';
import { addDashboardCommands } from './dashboard-commands.ts';
import { Dashboards } from './dashboards.ts';
import { SavedViews } from './dashboard/saved-views.ts';
import { IDashboards, IKernelLinks, ILiveViews, IViewSettings } from './tokens.ts';

/** Shows views beside their notebook, several side by side, and on the whole screen. */
export const dashboardsPlugin: JupyterFrontEndPlugin<IDashboards> = {
  id: 'headrace:dashboards',
  description: 'Dashboards of live views beside their notebooks, kept with the workspace.',
  autoStart: true,
  requires: [INotebookTracker, ILiveViews, IKernelLinks, IViewSettings],
  optional: [ILabShell, ILayoutRestorer, ICommandPalette, ITranslator],
  provides: IDashboards,
  activate: (
    app: JupyterFrontEnd,
    notebooks: INotebookTracker,
    views: ILiveViews,
    links: IKernelLinks,
    settings: IViewSettings,
    labShell: ILabShell | null,
    restorer: ILayoutRestorer | null,
    palette: ICommandPalette | null,
    translator: ITranslator | null
  ) => {
    const trans = (translator ?? nullTranslator).load('headrace');
    const { contents } = app.serviceManager;
    const saved = new SavedViews({ tracker: notebooks, views, contents });
    const dashboards = new Dashboards({ app, labShell, notebooks, links, saved, settings, trans });
    addDashboardCommands({ app, dashboards, notebooks, views, saved, trans });
    for (const command of [CommandIDs.openDashboard, CommandIDs.present])
      palette?.addItem({ command, category: trans.__('Headrace') });
    if (restorer !== null)
      void restorer.restore(dashboards.tracker, {
        command: CommandIDs.openDashboard,
        args: ({ content }) => ({ ...content.args }),
        name: ({ content }) => content.path
      });
    return dashboards;
  }
};
