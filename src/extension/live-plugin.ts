import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { INotebookTracker, type NotebookPanel } from '@jupyterlab/notebook';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { NotebookLive } from './notebook-live.ts';
import { ILiveViews } from './tokens.ts';
import { DEFAULT_SETTINGS, viewSettingsSchema, type ViewSettings } from './view-settings.ts';

const ID = 'headrace:live';

/** Draws the views of a notebook live, on one connection to its kernel. */
export const livePlugin: JupyterFrontEndPlugin<ILiveViews> = {
  id: ID,
  description: 'Draws live views in the cells of a notebook.',
  autoStart: true,
  requires: [INotebookTracker],
  optional: [ISettingRegistry, ITranslator],
  provides: ILiveViews,
  activate: (
    _app,
    tracker: INotebookTracker,
    registry: ISettingRegistry | null,
    translator: ITranslator | null
  ) => {
    const trans = (translator ?? nullTranslator).load('headrace');
    const settings = followSettings(registry);
    const notebooks = new Map<NotebookPanel, NotebookLive>();
    const add = (panel: NotebookPanel): void => {
      const live = new NotebookLive({ panel, trans, settings });
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

/** The settings as they are now; the defaults until, or where, there are none. */
function followSettings(registry: ISettingRegistry | null): () => ViewSettings {
  let current = DEFAULT_SETTINGS;
  const read = ({ composite }: ISettingRegistry.ISettings): void => {
    current = viewSettingsSchema.parse(composite);
  };
  registry
    ?.load(ID)
    .then(settings => {
      read(settings);
      settings.changed.connect(read);
    })
    .catch(() => undefined);
  return () => current;
}
