import type { Clock } from '../clock.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { ProducerRun } from '../producers/port.ts';

/**
 * Keeps a producer on record from its start to its end. One that ends because its kernel does stays there,
 * so that a later kernel knows which were cut off.
 */
export function recordProducer(
  run: ProducerRun,
  ledger: Ledger,
  clock: Clock,
  kernelEnds: AbortSignal
): void {
  const { name, topic } = run;
  const entry = { name, topic, startedAt: clock.now() };
  const write = (kept: readonly (typeof entry)[]): Promise<void> =>
    ledger.update(record => ({
      ...record,
      producers: [...record.producers.filter(each => each.name !== name), ...kept]
    }));
  const ended = (): Promise<void> => (kernelEnds.aborted ? Promise.resolve() : write([]));
  const recorded = [write([entry]), run.finished.then(ended, ended)];
  void Promise.allSettled(recorded);
}
