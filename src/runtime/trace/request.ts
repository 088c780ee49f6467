import type { Cell, ViewSpec } from '../../shared/view.ts';
import type { StreamHandle } from '../streams/port.ts';

/** A row of a view whose records are asked for. */
export interface TraceRequest {
  readonly view: ViewSpec;
  readonly stream: Pick<StreamHandle, 'spec' | 'columns' | 'keys' | 'aggregated'>;
  /** Cells of the displayed row by the columns of the view. */
  readonly row: Readonly<Record<string, Cell>>;
  /** What the frame calls its columns. */
  readonly labels: Readonly<Record<string, string>>;
  /** Key of the row's record on the results topic, where it is known. */
  readonly recordKey: string | null;
}
