import type { Kernel } from '@jupyterlab/services';
import { LIVE_COMM_TARGET } from '../../shared/names.ts';
import type { LiveComm, LiveCommHandlers } from './live-comm.ts';

const SILENT: readonly Kernel.Status[] = ['restarting', 'autorestarting', 'terminating', 'dead'];

/** Whether a kernel in this state will answer. */
export function answers(status: Kernel.Status): boolean {
  return !SILENT.includes(status);
}

/** Opens the comm for live frames, or gives null when this kernel cannot answer on one. */
export function openKernelComm(
  kernel: Kernel.IKernelConnection | null | undefined,
  { message, closed }: LiveCommHandlers
): LiveComm | null {
  if (!kernel || kernel.isDisposed || !kernel.handleComms) return null;
  if (kernel.connectionStatus !== 'connected' || !answers(kernel.status)) return null;
  const comm = kernel.createComm(LIVE_COMM_TARGET);
  comm.onMsg = ({ content }) => message(content.data);
  comm.onClose = closed;
  comm.open();
  return {
    get isDisposed() {
      return comm.isDisposed || kernel.isDisposed;
    },
    send: data => {
      if (!comm.isDisposed && !kernel.isDisposed) comm.send(data);
    },
    dispose: () => {
      comm.onClose = () => undefined;
      if (comm.isDisposed || kernel.isDisposed) return;
      if (answers(kernel.status)) comm.close();
      else comm.dispose();
    }
  };
}
