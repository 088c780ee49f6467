import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { INotebookTracker } from '@jupyterlab/notebook';
import { IStatusBar } from '@jupyterlab/statusbar';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { pageTimers } from '../panels/page-timers.ts';
import { CommandIDs } from './command-ids.ts';
import { StatusItem } from './streams/status-item.ts';
import { IFleet } from './tokens.ts';

/** Says in the status bar how much streams in the notebook in front. */
export const statusPlugin: JupyterFrontEndPlugin<void> = {
  id: 'headrace:status',
  description: 'Shows in the status bar how many streams run, and how fast.',
  autoStart: true,
  requires: [IFleet, INotebookTracker],
  optional: [IStatusBar, ITranslator],
  activate: (
    app,
    fleet: IFleet,
    notebooks: INotebookTracker,
    statusBar: IStatusBar | null,
    translator: ITranslator | null
  ) => {
    if (statusBar === null) return;
    const item = new StatusItem({
      fleet,
      path: () => notebooks.currentWidget?.sessionContext.path ?? null,
      open: () => void app.commands.execute(CommandIDs.showStreams),
      timers: pageTimers,
      trans: (translator ?? nullTranslator).load('headrace')
    });
    notebooks.currentChanged.connect(() => item.look());
    statusBar.registerStatusItem('headrace:status', {
      item,
      align: 'left',
      rank: 900,
      isActive: () => item.isActive,
      activeStateChanged: item.activeChanged
    });
    item.start();
  }
};
