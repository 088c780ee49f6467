import { HeadraceError } from '../../shared/errors.ts';
import type { Clock } from '../clock.ts';
import type { KafkaProducer } from '../kafka/port.ts';
import type { ProduceOptions, ProducerRegistry, ProducerRun } from './port.ts';
import { RunningProducer } from './producer-run.ts';

/** Ended producers that `%status` still lists. */
const KEPT_ENDED = 20;

export interface ProducerRegistryOptions {
  /** A new connection for each producer, which closes it. */
  readonly connect: () => Promise<KafkaProducer>;
  readonly clock: Clock;
  /** Called after each start. */
  readonly onStart?: (run: ProducerRun) => void;
}

/** The producers of one kernel, by name; a name is free again when its producer has ended. */
export function createProducerRegistry(options: ProducerRegistryOptions): ProducerRegistry {
  const runs = new Map<string, ProducerRun>();
  return {
    async start(request) {
      refuseRunning(runs.get(request.name), request);
      const producer = await options.connect().catch(async (error: unknown) => {
        await request.source.close?.();
        throw error;
      });
      const run = new RunningProducer(request, producer, options.clock);
      runs.delete(run.name);
      runs.set(run.name, run);
      dropOldest(runs);
      options.onStart?.(run);
      return run;
    },
    list: () => [...runs.values()],
    get: name => runs.get(name)
  };
}

function refuseRunning(existing: ProducerRun | undefined, request: ProduceOptions): void {
  if (existing?.progress().state !== 'running') return;
  throw new HeadraceError('HR_USAGE', `A producer named ${request.name} runs already`, {
    next: `Stop it with %stop ${request.name}, or give another name with --as.`
  });
}

function dropOldest(runs: Map<string, ProducerRun>): void {
  const ended = [...runs.values()].filter(run => run.progress().state !== 'running');
  for (const run of ended.slice(0, Math.max(0, ended.length - KEPT_ENDED))) runs.delete(run.name);
}
