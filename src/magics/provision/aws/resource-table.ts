import type { ResourceProgress } from '../../../runtime/aws/environments-port.ts';
import { LAYERS } from '../../../runtime/aws/environment/spec.ts';
import type { CellContext, DisplayHandle, MimeBundle } from '../../contract.ts';
import { formatDuration } from '../../output/format.ts';
import { tableBundle } from '../../output/table.ts';
import { formatSpan } from './amounts.ts';

/** The elapsed times move this often, milliseconds; each is a message with the whole table. */
const BEAT_MS = 5_000;

/** A table of resources that changes in place. */
export interface ResourceTable {
  tell(resource: ResourceProgress): void;
  /** Shows the last state and moves no more. */
  end(): void;
}

/** The table appears with the first resource; a state that changes shows at once. */
export function openResourceTable({
  display,
  clock
}: Pick<CellContext, 'display' | 'clock'>): ResourceTable {
  const resources = new Map<string, ResourceProgress>();
  const ended = new AbortController();
  let handle: DisplayHandle | null = null;
  const show = (): void => {
    const bundle = resourceBundle([...resources.values()], clock.now());
    if (handle === null) {
      handle = display.show(bundle);
      void beat();
    } else handle.update(bundle);
  };
  const beat = async (): Promise<void> => {
    const waited = (): Promise<boolean> =>
      clock.sleep(BEAT_MS, ended.signal).then(
        () => true,
        () => false
      );
    while (await waited()) show();
  };
  return {
    tell(resource) {
      const key = `${resource.layer}/${resource.logicalId}`;
      const same = resources.get(key)?.state === resource.state;
      resources.set(key, resource);
      if (!same) show();
    },
    end() {
      ended.abort();
      if (handle !== null) show();
    }
  };
}

function resourceBundle(resources: readonly ResourceProgress[], now: number): MimeBundle {
  const rows = resources
    .toSorted((one, other) => LAYERS.indexOf(one.layer) - LAYERS.indexOf(other.layer))
    .map(resource => [
      STATES[resource.state],
      resource.layer,
      resource.logicalId,
      resource.type,
      elapsed(resource, now),
      resource.usualMs === null ? '' : formatSpan(resource.usualMs),
      resource.reason ?? ''
    ]);
  const done = resources.filter(({ state }) => state === 'done').length;
  return tableBundle({
    columns: [
      { name: 'state' },
      { name: 'stack' },
      { name: 'resource' },
      { name: 'type' },
      { name: 'elapsed', numeric: true },
      { name: 'usual', numeric: true },
      { name: '' }
    ],
    rows,
    note: `${done} of ${resources.length} done.`
  });
}

const STATES: Readonly<Record<ResourceProgress['state'], string>> = {
  waiting: '· waiting',
  running: '… running',
  done: '✓ done',
  failed: '✗ failed'
};

function elapsed({ startedAt, endedAt }: ResourceProgress, now: number): string {
  return startedAt === null ? '' : formatDuration((endedAt ?? now) - startedAt);
}
