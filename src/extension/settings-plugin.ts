import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { IViewSettings } from './tokens.ts';
import { DEFAULT_SETTINGS, viewSettingsSchema, type ViewSettings } from './view-settings.ts';

/** Plug-in that the settings are named after; see `schema/live.json`. */
const SETTINGS_ID = 'headrace:live';

/** Reads the settings; the defaults until, or where, there are none. */
export const settingsPlugin: JupyterFrontEndPlugin<IViewSettings> = {
  id: 'headrace:settings',
  description: 'Reads how live views are to be shown.',
  autoStart: true,
  optional: [ISettingRegistry],
  provides: IViewSettings,
  activate: (_app, registry: ISettingRegistry | null) => {
    let current: ViewSettings = DEFAULT_SETTINGS;
    const read = ({ composite }: ISettingRegistry.ISettings): void => {
      current = viewSettingsSchema.parse(composite);
    };
    registry
      ?.load(SETTINGS_ID)
      .then(settings => {
        read(settings);
        settings.changed.connect(read);
      })
      .catch(() => undefined);
    return () => current;
  }
};
