import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { pageTimers } from '../panels/page-timers.ts';
import { VIEW_MIME } from '../shared/names.ts';
import { ViewRenderer } from './renderer.ts';
import { DEFAULT_SETTINGS } from './view-settings.ts';

/** Draws saved views where there is no notebook: consoles, logs, previews. */
export const staticPlugin: JupyterFrontEndPlugin<void> = {
  id: 'headrace:static',
  description: 'Draws saved views outside of notebooks.',
  autoStart: true,
  requires: [IRenderMimeRegistry],
  optional: [ITranslator],
  activate: (_app, rendermime: IRenderMimeRegistry, translator: ITranslator | null) => {
    const trans = (translator ?? nullTranslator).load('headrace');
    rendermime.addFactory(
      {
        safe: true,
        mimeTypes: [VIEW_MIME],
        createRenderer: () =>
          new ViewRenderer({
            client: null,
            timers: pageTimers,
            trans,
            settings: () => DEFAULT_SETTINGS,
            openView: null,
            onDispose: () => undefined
          })
      },
      0
    );
  }
};
