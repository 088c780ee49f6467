import { badgeText } from '../../panels/texts.ts';
import type { Translate } from '../../panels/translate.ts';
import type { Endable } from '../../shared/inventory.ts';
import { isFinal } from '../../shared/stream-status.ts';
import type { FleetEntry } from './fleet.ts';
import { rateText } from './rows.ts';

/** A stream or a producer that runs. */
export interface Active {
  readonly path: string;
  readonly what: Extract<Endable, 'stream' | 'producer'>;
  readonly name: string;
  /** Its state in a word. */
  readonly word: string;
  /** A view of it that can be opened; null where there is none. */
  readonly view: string | null;
}

/** The streams and producers of a notebook that have not ended. */
export function activeOf({ path, inventory }: FleetEntry, trans: Translate): Active[] {
  const { streams = [], producers = [] } = inventory ?? {};
  return [
    ...streams
      .filter(({ state }) => !isFinal(state))
      .map(({ name, state, views }) => ({
        path,
        what: 'stream' as const,
        name,
        word: badgeText(state, trans),
        view: views[0]?.id ?? null
      })),
    ...producers
      .filter(({ state }) => state === 'running')
      .map(({ name }) => ({
        path,
        what: 'producer' as const,
        name,
        word: trans.__('Producing'),
        view: null
      }))
  ];
}

/** How many streams run and what they take in, such as `2 streams · 1,204/s`; empty where none runs. */
export function glanceText({ inventory }: FleetEntry, trans: Translate): string {
  const streams = (inventory?.streams ?? []).filter(({ state }) => !isFinal(state));
  if (streams.length === 0) return '';
  const rate = streams.reduce((sum, { inputRate }) => sum + inputRate, 0);
  const count = trans._n('%1 stream', '%1 streams', streams.length);
  return trans.__('%1 · %2', count, rateText(rate, trans));
}
