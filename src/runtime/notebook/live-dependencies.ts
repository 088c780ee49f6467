import { copyResources } from '../dependencies/resources.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { LedgerRecord } from '../ledger/record.ts';
import type { SessionDependencies } from '../session-port.ts';

/** Always what is on record, so that a session that starts late starts with the newest. */
export function liveDependencies(ledger: Ledger): Required<SessionDependencies> {
  return {
    get packages() {
      return ledger.record.dependencies.packages;
    },
    get conf() {
      return ledger.record.dependencies.conf;
    },
    get resources() {
      return ledger.record.dependencies.resources;
    }
  };
}

/** Dependencies as the ledger keeps them. */
export function recordableDependencies({
  packages,
  conf,
  resources = {}
}: SessionDependencies): LedgerRecord['dependencies'] {
  return { packages: [...packages], conf: { ...conf }, resources: copyResources(resources) };
}
