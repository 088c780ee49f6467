import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { INotebookTracker, type NotebookPanel } from '@jupyterlab/notebook';
import { ILiveViews } from './tokens.ts';

/**
 * Puts what the views show into the notebook just before it is written. Frames never touch the
 * document, so a notebook stays clean, and as small as it was, while its streams run.
 */
export const savePlugin: JupyterFrontEndPlugin<void> = {
  id: 'headrace:save',
  description: 'Keeps the last picture of each live view in the saved notebook.',
  autoStart: true,
  requires: [INotebookTracker, ILiveViews],
  activate: (_app, tracker: INotebookTracker, views: ILiveViews) => {
    const add = (panel: NotebookPanel): void => {
      panel.context.saveState.connect((_, state) => {
        if (state !== 'started') return;
        for (const renderer of views.of(panel)) renderer.save();
      });
    };
    tracker.forEach(add);
    tracker.widgetAdded.connect((_, panel) => add(panel));
  }
};
