import type { SessionState } from './port.ts';

const READY: readonly SessionState[] = ['idle', 'busy', 'running'];
const ENDED: readonly SessionState[] = ['dead', 'error', 'killed', 'success', 'shutting_down'];

/** Whether a session in this state takes statements. */
export function isReady(state: SessionState): boolean {
  return READY.includes(state);
}

/** Whether a session has ended for good; a state that is not known is not final. */
export function isEnded(state: SessionState): boolean {
  return ENDED.includes(state);
}
