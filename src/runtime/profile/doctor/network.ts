import { lookup } from 'node:dns/promises';
import { connect } from 'node:net';
import { abortable } from '../../abortable.ts';
import { interrupted } from '../../../shared/errors.ts';
import type { NetworkProbes } from './port.ts';

/** The network of this machine. */
export function createNetworkProbes(): NetworkProbes {
  return {
    lookup: async (host, signal) => {
      const found = await abortable(lookup(host, { all: true }), signal, `a look-up of ${host}`);
      return found.map(({ address }) => address);
    },
    connect: tryConnection
  };
}

function tryConnection(host: string, port: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port });
    const abort = (): void => void socket.destroy(interrupted(`a connection to ${host}:${port}`));
    const settle = (): void => signal.removeEventListener('abort', abort);
    socket.once('connect', () => {
      settle();
      socket.destroy();
      resolve();
    });
    socket.once('error', error => {
      settle();
      reject(error);
    });
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
  });
}
