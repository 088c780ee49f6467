import type { ResourceProgress } from '../../../runtime/aws/environments-port.ts';
import { LAYERS } from '../../../runtime/aws/environment/spec.ts';
import type { CellContext, DisplayHandle, MimeBundle } from '../../contract.ts';
import { resourceBundle } from './resource-rows.ts';

/** The elapsed times move this often, milliseconds; each is a message with the whole table. */
const BEAT_MS = 5_000;

/** A table of resources that changes in place. */
export interface ResourceTable {
  tell(resource: ResourceProgress): void;
  /** Shows the last state, with every resource, and moves no more. */
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
  const bundle = (): MimeBundle =>
    resourceBundle(inOrder([...resources.values()]), clock.now(), ended.signal.aborted);
  const show = (): void => {
    if (handle === null) {
      handle = display.show(bundle());
      void beat();
    } else handle.update(bundle());
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
      const known = resources.get(key);
      const now = keepFailure(known, resource);
      resources.set(key, now);
      if (known?.state !== now.state || known.action !== now.action) show();
    },
    end() {
      ended.abort();
      if (handle !== null) show();
    }
  };
}

/** The layers in the order in which they are made, or removed. */
function inOrder(resources: readonly ResourceProgress[]): readonly ResourceProgress[] {
  const way = resources.every(({ action }) => action === 'delete') ? -1 : 1;
  return resources.toSorted(
    (one, other) => way * (LAYERS.indexOf(one.layer) - LAYERS.indexOf(other.layer))
  );
}

/** What failed is taken back by CloudFormation; that it failed, and why, stays to be seen. */
function keepFailure(known: ResourceProgress | undefined, now: ResourceProgress): ResourceProgress {
  return known?.state === 'failed' && known.action !== 'delete' && now.action === 'delete'
    ? known
    : now;
}
