import { formatNumber } from '../../shared/vega/format.ts';
import type { ViewFrame, ViewSpec } from '../../shared/view.ts';

/** One line about a view: title, state, mode, rate, latency, and what was not shown. */
export function statusLine(view: ViewSpec, { status }: ViewFrame): string {
  const parts = [
    view.title,
    status.state,
    status.mode,
    `${formatNumber(status.resultRate)} rows/s`,
    status.latencyMs === null ? null : `latency ${formatNumber(status.latencyMs)} ms`,
    status.dropped === 0 ? null : `${formatNumber(status.dropped)} not shown`,
    status.dead === 0 ? null : `${formatNumber(status.dead)} dead letters`,
    status.state === 'failed' && status.reason !== '' ? status.reason : null
  ];
  return parts.filter(part => part !== null && part !== '').join(' · ');
}
