import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { IThemeManager } from '@jupyterlab/apputils';
import { IDashboards, ILiveViews } from './tokens.ts';

/** Draws the views again when the theme of the page changes. */
export const themePlugin: JupyterFrontEndPlugin<void> = {
  id: 'headrace:theme',
  description: 'Keeps the colours of live views in step with the theme.',
  autoStart: true,
  requires: [ILiveViews, IDashboards],
  optional: [IThemeManager],
  activate: (_app, views: ILiveViews, dashboards: IDashboards, themes: IThemeManager | null) => {
    themes?.themeChanged.connect(() => {
      for (const { live } of views.all()) live?.refreshTheme();
      for (const live of dashboards.views()) live.refreshTheme();
    });
  }
};
