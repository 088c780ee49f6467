import { commandsPlugin } from './commands-plugin.ts';
import { livePlugin } from './live-plugin.ts';
import { savePlugin } from './save-plugin.ts';
import { staticPlugin } from './static-plugin.ts';
import { themePlugin } from './theme-plugin.ts';

export default [livePlugin, savePlugin, themePlugin, commandsPlugin, staticPlugin];
