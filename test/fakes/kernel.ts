import type { CellContext, CellLanguage, Views } from '../../src/magics/contract.ts';
import { CommManager } from '../../src/kernel/comms/comm-manager.ts';
import { Kernel } from '../../src/kernel/kernel.ts';
import { ManualClock } from './manual-clock.ts';
import { RecordingTransport } from './recording-transport.ts';
import { echoLanguage } from './echo-language.ts';

export interface TestKernel {
  readonly kernel: Kernel;
  readonly transport: RecordingTransport;
  readonly comms: CommManager;
  readonly clock: ManualClock;
  readonly log: string[];
  shutdowns(): number;
}

/** A kernel without sockets that speaks the echo language. */
export function testKernel(language: CellLanguage = echoLanguage): TestKernel {
  const transport = new RecordingTransport();
  const clock = new ManualClock();
  const comms = new CommManager(transport);
  const log: string[] = [];
  let shutdowns = 0;
  const kernel = new Kernel({
    transport,
    language,
    runtime: unused('runtime') as CellContext['runtime'],
    views: unused('views') as Views,
    comms,
    clock,
    cwd: '/',
    version: '0.0.0',
    log: line => log.push(line),
    onShutdown: () => {
      shutdowns += 1;
    }
  });
  return { kernel, transport, comms, clock, log, shutdowns: () => shutdowns };
}

/** Stands for a part that the code under test must not touch. */
export function unused(name: string): object {
  return new Proxy(
    {},
    {
      get: (_, property) => {
        throw new Error(`${name}.${String(property)} was used`);
      }
    }
  );
}
