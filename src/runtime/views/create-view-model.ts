import type { ViewSpec } from '../../shared/view.ts';
import { HeatmapView } from './heatmap-view.ts';
import { HistogramView } from './histogram-view.ts';
import { KeyedView } from './keyed-view.ts';
import { LineView } from './line-view.ts';
import { NewestRowsView } from './newest-rows-view.ts';
import { NumberView } from './number-view.ts';
import type { ViewModel } from './view-model.ts';

/** The state behind a view. `keyed` says whether the rows of its stream replace earlier rows of their key. */
export function createViewModel(view: ViewSpec, keyed: boolean): ViewModel {
  switch (view.kind) {
    case 'bars':
      return new KeyedView(view);
    case 'table':
    case 'vega-lite':
      return keyed ? new KeyedView(view) : new NewestRowsView(view);
    case 'line':
      return new LineView(view, { keyed });
    case 'number':
      return new NumberView(view, { keyed });
    case 'histogram':
      return new HistogramView(view, { keyed });
    case 'heatmap':
      return new HeatmapView(view, { keyed });
  }
}
