import type { ViewKind } from '../../shared/view.ts';
import type { Definition } from './vega-lite-text.ts';

/** What a cell wants to see of a stream; what it does not say is chosen from the columns. */
export interface ViewRequest {
  readonly title?: string | undefined;
  readonly kind?: ViewKind | undefined;
  readonly limit?: number | undefined;
  readonly windowMs?: number | undefined;
  /** Columns, as the person wrote them. */
  readonly x?: string | undefined;
  readonly series?: string | undefined;
  readonly values?: readonly string[] | undefined;
  readonly definition?: Definition | null | undefined;
}
