import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { INotebookTracker } from '@jupyterlab/notebook';
import type { LiveView } from '../panels/live-view.ts';
import type { Translate } from '../panels/translate.ts';
import { CommandIDs } from './command-ids.ts';
import type { ILiveViews } from './tokens.ts';
import { viewAtMenu } from './view-at-menu.ts';

export interface ViewCommandsOptions {
  readonly app: JupyterFrontEnd;
  readonly notebooks: INotebookTracker;
  readonly views: ILiveViews;
  /** The views that commands without a target are about. */
  readonly current: () => readonly LiveView[];
  readonly trans: Translate;
}

/** Adds the commands on views that are on the page. */
export function addViewCommands(options: ViewCommandsOptions): void {
  addPauseViews(options);
  addPauseView(options);
  addShowTables(options);
  addJumpToLive(options);
}

function addPauseViews({ app, current, trans }: ViewCommandsOptions): void {
  app.commands.addCommand(CommandIDs.pauseViews, {
    label: trans.__('Pause or Resume the Live Views'),
    caption: trans.__('Hold the pictures of this notebook, or let them go on'),
    describedBy: { args: flagSchema('paused', trans.__('Pause, or go on; absent changes over')) },
    isEnabled: () => current().length > 0,
    execute: ({ paused }) => {
      const all = current();
      const wanted = typeof paused === 'boolean' ? paused : all.some(view => !view.paused);
      for (const view of all) view.pause(wanted);
    }
  });
}

function addPauseView(options: ViewCommandsOptions): void {
  const { app, trans } = options;
  const target = (): LiveView | null => viewAtMenu(options)?.live ?? null;
  app.commands.addCommand(CommandIDs.pauseView, {
    label: () =>
      target()?.paused === true ? trans.__('Resume the View') : trans.__('Pause the View'),
    caption: trans.__('Hold the picture under the menu, or let it go on'),
    describedBy: { args: { type: 'object', properties: {}, additionalProperties: false } },
    isVisible: () => target() !== null,
    execute: () => {
      const view = target();
      view?.pause(!view.paused);
    }
  });
}

function addShowTables({ app, current, trans }: ViewCommandsOptions): void {
  app.commands.addCommand(CommandIDs.showTables, {
    label: trans.__('Show the Live Views as Tables or Charts'),
    caption: trans.__('Show the rows of the views of this notebook as tables, or their charts'),
    describedBy: {
      args: flagSchema('shown', trans.__('Tables, or charts; absent changes over'))
    },
    isEnabled: () => current().length > 0,
    execute: ({ shown }) => {
      const all = current();
      const wanted = typeof shown === 'boolean' ? shown : all.some(view => !view.showsTable);
      for (const view of all) view.showTable(wanted);
    }
  });
}

function addJumpToLive({ app, current, trans }: ViewCommandsOptions): void {
  app.commands.addCommand(CommandIDs.jumpToLive, {
    label: trans.__('Jump to the Present in the Live Views'),
    caption: trans.__('Leave the past and any pause in all views of this notebook'),
    describedBy: { args: { type: 'object', properties: {}, additionalProperties: false } },
    isEnabled: () => current().length > 0,
    execute: () => {
      for (const view of current()) view.toLive();
    }
  });
}

function flagSchema(name: string, description: string) {
  return {
    type: 'object',
    properties: { [name]: { type: 'boolean', description } },
    additionalProperties: false
  } as const;
}
