import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import type { LiveView } from '../panels/live-view.ts';
import { ILiveViews } from './tokens.ts';

const CommandIDs = {
  pauseViews: 'headrace:pause-views',
  showTables: 'headrace:show-tables'
} as const;

/** Commands on all live views of the notebook in front. */
export const commandsPlugin: JupyterFrontEndPlugin<void> = {
  id: 'headrace:commands',
  description: 'Commands that pause the live views of a notebook or show their tables.',
  autoStart: true,
  requires: [INotebookTracker, ILiveViews],
  optional: [ICommandPalette, ITranslator],
  activate: (
    app,
    tracker: INotebookTracker,
    views: ILiveViews,
    palette: ICommandPalette | null,
    translator: ITranslator | null
  ) => {
    const trans = (translator ?? nullTranslator).load('headrace');
    const current = (): LiveView[] => {
      const panel = tracker.currentWidget;
      return panel === null ? [] : [...views.of(panel)].flatMap(({ live }) => live ?? []);
    };
    const isEnabled = (): boolean => current().length > 0;
    app.commands.addCommand(CommandIDs.pauseViews, {
      label: trans.__('Pause or Resume the Live Views'),
      caption: trans.__('Hold the pictures of this notebook, or let them go on'),
      describedBy: { args: flagSchema('paused', trans.__('Pause, or go on; absent changes over')) },
      isEnabled,
      execute: ({ paused }) => {
        const all = current();
        const wanted = typeof paused === 'boolean' ? paused : all.some(view => !view.paused);
        for (const view of all) view.pause(wanted);
      }
    });
    app.commands.addCommand(CommandIDs.showTables, {
      label: trans.__('Show the Live Views as Tables or Charts'),
      caption: trans.__('Show the rows of the views of this notebook as tables, or their charts'),
      describedBy: {
        args: flagSchema('shown', trans.__('Tables, or charts; absent changes over'))
      },
      isEnabled,
      execute: ({ shown }) => {
        const all = current();
        const wanted = typeof shown === 'boolean' ? shown : all.some(view => !view.showsTable);
        for (const view of all) view.showTable(wanted);
      }
    });
    for (const command of Object.values(CommandIDs))
      palette?.addItem({ command, category: trans.__('Headrace') });
  }
};

function flagSchema(name: string, description: string) {
  return {
    type: 'object',
    properties: { [name]: { type: 'boolean', description } },
    additionalProperties: false
  } as const;
}
