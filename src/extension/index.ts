import { commandsPlugin } from './commands-plugin.ts';
import { dashboardsPlugin } from './dashboards-plugin.ts';
import { fleetPlugin } from './fleet-plugin.ts';
import { linkPlugin } from './link-plugin.ts';
import { livePlugin } from './live-plugin.ts';
import { runningPlugin } from './running-plugin.ts';
import { savePlugin } from './save-plugin.ts';
import { settingsPlugin } from './settings-plugin.ts';
import { staticPlugin } from './static-plugin.ts';
import { statusPlugin } from './status-plugin.ts';
import { streamsPlugin } from './streams-plugin.ts';
import { themePlugin } from './theme-plugin.ts';

export default [
  settingsPlugin,
  linkPlugin,
  livePlugin,
  savePlugin,
  dashboardsPlugin,
  fleetPlugin,
  streamsPlugin,
  runningPlugin,
  statusPlugin,
  themePlugin,
  commandsPlugin,
  staticPlugin
];
