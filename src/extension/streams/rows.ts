import { badgeText } from '../../panels/texts.ts';
import type { Translate } from '../../panels/translate.ts';
import type { Badge } from '../../panels/view-state.ts';
import type {
  Endable,
  ProducerItem,
  SessionItem,
  StreamItem,
  TopicItem
} from '../../shared/inventory.ts';
import { isFinal } from '../../shared/stream-status.ts';
import { formatNumber } from '../../shared/vega/format.ts';
import type { FleetEntry } from './fleet.ts';
import { rateKey } from './rate-history.ts';

/** How much a state asks for attention. */
export type Tone = 'calm' | 'good' | 'warn' | 'bad';

/** One thing that runs, as it is listed. */
export interface Row {
  readonly key: string;
  readonly name: string;
  /** The state whose shape stands before it. */
  readonly badge: Badge;
  readonly tone: Tone;
  /** The state in a word; empty for a thing without one. */
  readonly word: string;
  /** The figures behind it. */
  readonly detail: string;
  /** Why it is as it is; empty where there is nothing to say. */
  readonly note: string;
  /** Records a second, oldest first. */
  readonly rates: readonly number[];
  /** What its button ends; null where there is nothing to end. */
  readonly end: { readonly what: Endable; readonly label: string } | null;
  /** Views of it that can be opened. */
  readonly views: readonly { readonly id: string; readonly title: string }[];
}

export interface Section {
  readonly title: string;
  /** What stands there while there is no row. */
  readonly empty: string;
  readonly rows: readonly Row[];
}

/** What runs for one notebook, in the sections of the panel. */
export function sectionsOf({ inventory, rates }: FleetEntry, trans: Translate): Section[] {
  const { streams = [], producers = [], topics = [], sessions = [] } = inventory ?? {};
  const withRates = (row: Omit<Row, 'rates'>): Row => ({ ...row, rates: rates.of(row.key) });
  return [
    {
      title: trans.__('Streams'),
      empty: trans.__('No streams. A %stream cell starts one.'),
      rows: streams.map(item => withRates(streamRow(item, trans)))
    },
    {
      title: trans.__('Producers'),
      empty: trans.__('No producers. A %produce cell starts one.'),
      rows: producers.map(item => withRates(producerRow(item, trans)))
    },
    {
      title: trans.__('Topics'),
      empty: trans.__('No topics. %topic create NAME makes one.'),
      rows: topics.map(item => withRates(topicRow(item, trans)))
    },
    {
      title: trans.__('Sessions'),
      empty: trans.__('No sessions. The first cell with code starts one.'),
      rows: sessions.map(item => withRates(sessionRow(item, trans)))
    }
  ];
}

/** A rate as it is shown, such as `1,204/s`. */
export function rateText(perSecond: number, trans: Translate): string {
  const rounded = perSecond < 10 ? Math.round(perSecond * 10) / 10 : Math.round(perSecond);
  return trans.__('%1/s', formatNumber(rounded));
}

function streamRow(item: StreamItem, trans: Translate): Omit<Row, 'rates'> {
  const tones = { stalled: 'warn', failed: 'bad', live: 'good' } as const;
  const ended = isFinal(item.state);
  const { backlog } = item;
  return {
    key: rateKey('stream', item.name),
    name: item.name,
    badge: item.state,
    tone: item.state in tones ? tones[item.state as keyof typeof tones] : 'calm',
    word: badgeText(item.state, trans),
    detail: joined(
      ended ? '' : trans.__('%1 in', rateText(item.inputRate, trans)),
      ended ? '' : trans.__('%1 out', rateText(item.resultRate, trans)),
      trans._n('%2 row', '%2 rows', item.rows, formatNumber(item.rows)),
      backlog === null || backlog === 0 ? '' : trans.__('%1 waiting', formatNumber(backlog))
    ),
    note: item.reason,
    end: ended || item.state === 'stopping' ? null : { what: 'stream', label: trans.__('Stop') },
    views: item.views
  };
}

function producerRow(item: ProducerItem, trans: Translate): Omit<Row, 'rates'> {
  const looks = {
    running: { badge: 'live', tone: 'good', word: trans.__('Running') },
    done: { badge: 'stopped', tone: 'calm', word: trans.__('Done') },
    stopped: { badge: 'stopped', tone: 'calm', word: trans.__('Stopped') },
    failed: { badge: 'failed', tone: 'bad', word: trans.__('Failed') }
  } as const;
  const running = item.state === 'running';
  const sent =
    item.total === null
      ? trans.__('%1 sent', formatNumber(item.sent))
      : trans.__('%1 of %2 sent', formatNumber(item.sent), formatNumber(item.total));
  return {
    key: rateKey('producer', item.name),
    name: item.name,
    ...looks[item.state],
    detail: joined(trans.__('to %1', item.topic), running ? rateText(item.rate, trans) : '', sent),
    note: item.error,
    end: running ? { what: 'producer', label: trans.__('Stop') } : null,
    views: []
  };
}

function topicRow(item: TopicItem, trans: Translate): Omit<Row, 'rates'> {
  return {
    key: rateKey('topic', item.name),
    name: item.name,
    badge: item.rate > 0 ? 'live' : 'planned',
    tone: item.rate > 0 ? 'good' : 'calm',
    word: '',
    detail: joined(
      rateText(item.rate, trans),
      trans._n('%2 record', '%2 records', item.records, formatNumber(item.records)),
      trans._n('%2 partition', '%2 partitions', item.partitions, formatNumber(item.partitions))
    ),
    note: '',
    end: null,
    views: []
  };
}

/** Livy's states that have ended, and those that wait. */
const ENDED = ['dead', 'error', 'killed'];
const CALM = ['not started', 'success', 'shutting_down'];

function sessionRow({ name, state, current }: SessionItem, trans: Translate): Omit<Row, 'rates'> {
  const ended = ENDED.includes(state);
  const calm = ended || CALM.includes(state);
  return {
    key: rateKey('session', name),
    name,
    badge: ended ? 'failed' : calm ? 'planned' : state === 'starting' ? 'starting' : 'live',
    tone: ended ? 'bad' : calm || state === 'starting' ? 'calm' : 'good',
    word: state,
    detail: current ? trans.__('cells run here') : '',
    note: '',
    end: calm ? null : { what: 'session', label: trans.__('End') },
    views: []
  };
}

function joined(...parts: readonly string[]): string {
  return parts.filter(part => part !== '').join(' · ');
}
