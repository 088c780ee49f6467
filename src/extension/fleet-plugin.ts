import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { pageTimers } from '../panels/page-timers.ts';
import { Fleet } from './streams/fleet.ts';
import { IFleet, IKernelLinks } from './tokens.ts';

/** Knows what runs for the notebooks of this server. */
export const fleetPlugin: JupyterFrontEndPlugin<IFleet> = {
  id: 'headrace:fleet',
  description: 'Lists the streams, producers, topics and sessions of the notebooks that run.',
  autoStart: true,
  requires: [IKernelLinks],
  provides: IFleet,
  activate: (_app, links: IKernelLinks) => new Fleet(links, pageTimers)
};
