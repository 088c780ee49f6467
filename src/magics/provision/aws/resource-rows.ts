import { reasonOf } from '../../../runtime/aws/engine/reasons.ts';
import type { ResourceProgress } from '../../../runtime/aws/environments-port.ts';
import type { Layer } from '../../../runtime/aws/environment/spec.ts';
import type { MimeBundle } from '../../contract.ts';
import { formatDuration, formatPlural, formatSpan } from '../../output/format.ts';
import { tableBundle, type Table } from '../../output/table.ts';
import { sectionsBundle } from './sections.ts';

type Action = ResourceProgress['action'];

const DOING: Readonly<Record<Action, string>> = {
  create: 'making',
  update: 'changing',
  delete: 'removing'
};
const DONE: Readonly<Record<Action, string>> = {
  create: 'made',
  update: 'changed',
  delete: 'removed'
};

/** CloudFormation's reason for what is in progress. */
const SAYS_NOTHING = /^Resource (?:creation|update|deletion) initiated$/i;

/**
 * Resources, those of a layer together. While there is work, what is done makes one row a layer, so that what is awaited
 * can be seen; at the end each has its row.
 */
export function resourceBundle(
  resources: readonly ResourceProgress[],
  now: number,
  ended: boolean
): MimeBundle {
  const short = tableOf(summed(resources, now), noteOf(resources));
  if (!ended) return tableBundle(short);
  const all = tableOf(resources.map(resource => rowOf(resource, now)));
  return sectionsBundle([
    { title: 'Progress', table: short },
    { title: `All ${formatPlural(resources.length, 'resource')}`, table: all, folded: true }
  ]);
}

function tableOf(rows: readonly (readonly string[])[], note?: string): Table {
  return {
    columns: [
      { name: 'state', short: true },
      { name: 'stack', short: true },
      { name: 'resource', short: true },
      { name: 'type', optional: true },
      { name: 'elapsed', numeric: true },
      { name: 'usual', numeric: true },
      { name: 'why', optional: true }
    ],
    rows,
    ...(note === undefined ? {} : { note })
  };
}

/** `12 made, 1 failed, 3 being made.` */
function noteOf(resources: readonly ResourceProgress[]): string {
  const counts = new Map<string, number>();
  for (const { state, action } of resources) {
    const word = { done: DONE[action], failed: 'failed', running: 'at work', waiting: 'waiting' }[
      state
    ];
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return `${[...counts].map(([word, count]) => `${count} ${word}`).join(', ')}.`;
}

function summed(resources: readonly ResourceProgress[], now: number): readonly string[][] {
  const layers = [...new Set(resources.map(({ layer }) => layer))];
  return layers.flatMap(layer => {
    const own = resources.filter(resource => resource.layer === layer);
    const done = (['create', 'update', 'delete'] as const).flatMap(action => {
      const some = own.filter(resource => resource.state === 'done' && resource.action === action);
      return some.length === 0 ? [] : [sumOf(layer, action, some, now)];
    });
    const open = own.filter(({ state }) => state !== 'done');
    return [...done, ...open.map(resource => rowOf(resource, now))];
  });
}

/** From the beginning of the first to the end of the last. */
function sumOf(
  layer: Layer,
  action: Action,
  done: readonly ResourceProgress[],
  now: number
): string[] {
  const [only] = done;
  if (done.length === 1 && only !== undefined) return rowOf(only, now);
  const starts = done.flatMap(({ startedAt }) => startedAt ?? []);
  const ends = done.flatMap(({ endedAt }) => endedAt ?? []);
  const took =
    starts.length === 0 || ends.length === 0 ? null : Math.max(...ends) - Math.min(...starts);
  const usual = Math.max(...done.map(({ usualMs }) => usualMs ?? 0));
  return [
    `✓ ${DONE[action]}`,
    layer,
    formatPlural(done.length, 'resource'),
    '',
    took === null ? '' : formatDuration(took),
    usual === 0 ? '' : formatSpan(usual),
    ''
  ];
}

function rowOf(resource: ResourceProgress, now: number): string[] {
  const { layer, logicalId, type, startedAt, endedAt, usualMs, reason } = resource;
  return [
    stateOf(resource),
    layer,
    logicalId,
    type,
    startedAt === null ? '' : formatDuration((endedAt ?? now) - startedAt),
    usualMs === null ? '' : formatSpan(usualMs),
    whyOf(reason)
  ];
}

function whyOf(reason: string | null): string {
  return reason === null || SAYS_NOTHING.test(reason) ? '' : reasonOf(reason).why;
}

function stateOf({ state, action }: ResourceProgress): string {
  switch (state) {
    case 'waiting':
      return '· waiting';
    case 'running':
      return `… ${DOING[action]}`;
    case 'done':
      return `✓ ${DONE[action]}`;
    case 'failed':
      return '✗ failed';
  }
}
