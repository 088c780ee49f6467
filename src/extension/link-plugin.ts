import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { pageTimers } from '../panels/page-timers.ts';
import { KernelLinks } from './link/kernel-links.ts';
import { IKernelLinks, IViewSettings } from './tokens.ts';

/** Links the page to the kernels behind its notebooks. */
export const linkPlugin: JupyterFrontEndPlugin<IKernelLinks> = {
  id: 'headrace:link',
  description: 'Links everything that shows something of a notebook to its kernel, once.',
  autoStart: true,
  requires: [IViewSettings],
  provides: IKernelLinks,
  activate: (app, settings: IViewSettings) =>
    new KernelLinks({
      sessions: app.serviceManager.sessions,
      timers: pageTimers,
      tickMs: () => settings().tickMs,
      settled: app.restored
    })
};
