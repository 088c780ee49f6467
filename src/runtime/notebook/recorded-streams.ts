import type { Ledger } from '../ledger/ledger.ts';
import type { LedgerRecord } from '../ledger/record.ts';
import type { StreamManager, StreamSpec } from '../streams/port.ts';

/** A stream manager that keeps the ledger true: a started stream is on record until it is stopped. */
export function recordStreams(
  manager: StreamManager,
  ledger: Ledger,
  now: () => number
): StreamManager {
  return {
    async start(spec, onProgress, signal) {
      const stream = await manager.start(spec, onProgress, signal);
      await ledger.update(record => withStream(record, stream.spec, now()));
      return stream;
    },
    async stop(names, options, signal) {
      const stopped = await manager.stop(names, options, signal);
      await ledger.update(record => withoutStreams(record, stopped, options.purge));
      return stopped;
    },
    get: name => manager.get(name),
    list: () => manager.list(),
    adopt: (signal, only) => manager.adopt(signal, only),
    restart: (names, restartSession, signal) => manager.restart(names, restartSession, signal),
    close: () => manager.close()
  };
}

function withStream(record: LedgerRecord, spec: StreamSpec, startedAt: number): LedgerRecord {
  const others = record.streams.filter(stream => stream.spec.name !== spec.name);
  const kept = { ...spec, sources: spec.sources.map(source => ({ ...source })) };
  return { ...record, streams: [...others, { spec: kept, startedAt }] };
}

/** A view outlives its stream, as the last state of it; a purge forgets both. */
function withoutStreams(
  record: LedgerRecord,
  names: readonly string[],
  purge: boolean
): LedgerRecord {
  return {
    ...record,
    streams: record.streams.filter(stream => !names.includes(stream.spec.name)),
    views: record.views.filter(view => !purge || !names.includes(view.stream))
  };
}
