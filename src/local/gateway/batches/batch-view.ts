import type { Batch } from './batch.ts';

/** Lines of the log that a batch view carries. */
const VIEW_LOG_LINES = 10;

/** The 8 fields of a batch, as `GET /batches/{id}` lists them. */
export function batchView(batch: Batch): Record<string, unknown> {
  return {
    id: batch.id,
    name: batch.name,
    owner: null,
    proxyUser: null,
    state: batch.state,
    appId: null,
    appInfo: { driverLogUrl: null, sparkUiUrl: null, executorLogUrls: null },
    log: batch.log.slice(-1, VIEW_LOG_LINES).log
  };
}
