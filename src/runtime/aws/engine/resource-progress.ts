import type { ResourceProgress } from '../environments-port.ts';
import type { ProgressEvent } from './progress.ts';

const ACTIONS: Readonly<Record<string, ResourceProgress['action']>> = {
  UPDATE: 'update',
  DELETE: 'delete'
};

function stateOf(status: string): ResourceProgress['state'] {
  if (status.endsWith('_IN_PROGRESS')) return 'running';
  return status.endsWith('_FAILED') ? 'failed' : 'done';
}

/** A progress event as an environment tells it. */
export function resourceProgress(event: ProgressEvent): ResourceProgress {
  const { layer, logicalId, type, status, reason, at, elapsedMs, usualMs } = event;
  const state = stateOf(status);
  return {
    layer,
    logicalId,
    type,
    action: ACTIONS[status.split('_')[0] ?? ''] ?? 'create',
    state,
    startedAt: at - elapsedMs,
    endedAt: state === 'running' ? null : at,
    usualMs,
    reason
  };
}
