import type { SourceRecords } from '../shared/source-record.ts';
import type { Cell, ViewFrame } from '../shared/view.ts';

/** A state of a view at an earlier time. */
export interface PastFrame {
  readonly frame: ViewFrame;
  /** When it was the present, epoch milliseconds of the kernel's clock. */
  readonly at: number;
}

/**
 * What a view can ask of the kernel behind it. Answers that do not come are rejected after some seconds;
 * a view without a kernel has no source.
 */
export interface ViewSource {
  /** Stops the stream of the view. */
  stop(): void;
  /** The newest kept state that is not newer than `at`; null where none is kept. */
  look(at: number): Promise<PastFrame | null>;
  /** The Kafka records behind a row of the view, given by its cells. */
  trace(row: Readonly<Record<string, Cell>>): Promise<SourceRecords>;
}
