import type { CellLanguage } from '../magics/contract.ts';
import type { Clock } from '../runtime/clock.ts';
import { createInventory } from '../runtime/inventory/inventory.ts';
import type { NotebookRuntime } from '../runtime/notebook/port.ts';
import { traceRow } from '../runtime/trace/trace-row.ts';
import { CommManager } from './comms/comm-manager.ts';
import type { ConnectionFile } from './connection-file.ts';
import { Kernel } from './kernel.ts';
import { LiveHub } from './live/live-hub.ts';
import { Session } from './session.ts';
import { renderPng } from './snapshot/png.ts';
import { KernelSockets } from './sockets.ts';

/** Jupyter ends a kernel by force some seconds after it asked; both limits together stay below two, milliseconds. */
const CELL_LIMIT_MS = 800;
const CLOSE_LIMIT_MS = 1_000;

export interface ServeOptions {
  readonly connection: ConnectionFile;
  readonly language: CellLanguage;
  readonly runtime: NotebookRuntime;
  readonly clock: Clock;
  readonly cwd: string;
  readonly version: string;
  readonly log: (line: string) => void;
  /** Aborted when the process is to end for a reason of its own. */
  readonly signal: AbortSignal;
  /** Called once when the kernel listens; `interrupt` stops the running cell. */
  readonly onReady: (interrupt: () => void) => void;
}

/** Runs a kernel from its first socket to its last. Rejects with HR_PORT where it cannot listen. */
export async function serveKernel(options: ServeOptions): Promise<void> {
  const { connection, clock, log, runtime } = options;
  const sockets = await KernelSockets.bind({ connection, session: new Session(clock), log });
  const asked = new AbortController();
  const comms = new CommManager(sockets);
  const views = new LiveHub({
    comms,
    clock,
    draw: renderPng,
    findView: (id, signal) => runtime.findView(id, signal),
    trace: async (request, signal) =>
      traceRow(request, { kafka: await runtime.kafka(), clock, signal }),
    inventory: createInventory({ runtime, clock }),
    log
  });
  const onShutdown = () => asked.abort();
  const kernel = new Kernel({ ...options, transport: sockets, comms, views, onShutdown });
  const served = sockets.serve((channel, message) => kernel.receive(channel, message));
  kernel.start();
  options.onReady(() => kernel.interrupt());
  await aborted(AbortSignal.any([asked.signal, options.signal]));
  await close({ ...options, kernel, views, sockets });
  await served;
}

interface Closing extends ServeOptions {
  readonly kernel: Kernel;
  readonly views: LiveHub;
  readonly sockets: KernelSockets;
}

async function close({ kernel, views, sockets, runtime, clock }: Closing): Promise<void> {
  kernel.interrupt();
  await Promise.race([kernel.settled(), clock.sleep(CELL_LIMIT_MS)]);
  views.close();
  await Promise.race([Promise.allSettled([runtime.close()]), clock.sleep(CLOSE_LIMIT_MS)]);
  await sockets.drain();
  sockets.close();
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
