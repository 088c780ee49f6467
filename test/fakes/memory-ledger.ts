import type { Ledger } from '../../src/runtime/ledger/ledger.ts';
import { emptyRecord, type LedgerRecord } from '../../src/runtime/ledger/record.ts';

/** A ledger without a file. */
export class MemoryLedger implements Ledger {
  record: LedgerRecord;

  constructor(notebook: string) {
    this.record = emptyRecord(notebook);
  }

  update(change: (record: LedgerRecord) => LedgerRecord): Promise<void> {
    this.record = change(this.record);
    return Promise.resolve();
  }

  settled(): Promise<void> {
    return Promise.resolve();
  }
}
