import type { DryHop } from '../shared/dry-hop.ts';
import { isFinal } from '../shared/stream-status.ts';
import { formatNumber } from '../shared/vega/format.ts';
import { formatSpan } from './texts.ts';
import type { Translate } from './translate.ts';
import type { ViewState } from './view-state.ts';

/** What stands in the place of a picture while there are no rows. */
export interface EmptyText {
  /** The phase and its clock. */
  readonly phase: string;
  /** Why there are no rows, and what to do; empty while it is too early to tell. */
  readonly why: string;
  /** Where nothing comes through; null while it is too early to tell. */
  readonly hop: DryHop | null;
}

/** A stream that has been live for so long without a row is asked why, milliseconds. */
const PATIENCE_MS = 4_000;

export interface EmptyMoment {
  /** The kernel's clock now, epoch milliseconds. */
  readonly now: number;
  /** The first moment that is known of the view, epoch milliseconds. */
  readonly since: number;
  /** Where nothing comes through, as the status tells. */
  readonly hop: DryHop | null;
}

/** Phase, clock and reason. The clock counts from the first moment on, so that something moves at once. */
export function emptyText(state: ViewState, moment: EmptyMoment, trans: Translate): EmptyText {
  const { status } = state.frame;
  const only = (phase: string): EmptyText => ({ phase, why: '', hop: null });
  if (state.badge === 'failed') return only(trans.__('The stream failed before its first row.'));
  if (state.ended || isFinal(status.state)) {
    const phase = trans.__('The stream ended without a result row.');
    return { phase, why: '', hop: moment.hop };
  }
  if (state.stale) return only(trans.__('No rows yet.'));
  const begun = Math.min(status.startedAt ?? moment.since, moment.now);
  const clock = formatSpan(Math.floor((moment.now - begun) / 1_000) * 1_000);
  if (state.badge === 'connecting') return only(trans.__('Connecting to the kernel… %1', clock));
  if (status.state === 'planned') return only(trans.__('Preparing the query… %1', clock));
  if (status.state === 'starting') return only(trans.__('Starting the query… %1', clock));
  const phase = trans.__('Waiting for the first row… %1', clock);
  if (moment.hop === null || moment.now - begun < PATIENCE_MS) return only(phase);
  return { phase, why: whyEmpty(moment.hop, state, trans), hop: moment.hop };
}

/** One sentence on a dry hop and one on what to do next. */
function whyEmpty(hop: DryHop, { frame }: ViewState, trans: Translate): string {
  const { dead, offered, topicRecords, late } = frame.status;
  const number = (value: number | null): string => formatNumber(value ?? 0);
  switch (hop) {
    case 'start':
      return trans.__('Spark has not begun yet. The first start of a session takes longest.');
    case 'topic':
      return trans.__('The topic is empty. Send records with %produce, or check its name.');
    case 'offsets':
      return trans.__(
        'The topic holds %1 records, but none came since this stream began. Send new ones, or start it at the earliest.',
        number(topicRecords)
      );
    case 'batch':
      return trans.__(
        '%1 records came, and the first batch is still running. Busy cores make it wait; %status tells more.',
        number(offered)
      );
    case 'parse':
      return trans.__(
        'None of the records could be parsed: %1 went to the dead-letter topic. Check format and schema.',
        number(dead)
      );
    case 'watermark':
      return trans.__(
        '%1 records came later than the watermark allows. Allow more lateness, or send newer times.',
        number(late)
      );
    case 'filter':
      return trans.__('Records come in, and the query keeps none. Check its conditions and joins.');
  }
}
