import type { INotebookTracker } from '@jupyterlab/notebook';
import type { Contents } from '@jupyterlab/services';
import type { ViewSnapshot } from '../../shared/view.ts';
import type { ILiveViews } from '../tokens.ts';
import { snapshotIn } from './snapshot-in.ts';

export interface SavedViewsOptions {
  readonly tracker: INotebookTracker;
  readonly views: ILiveViews;
  readonly contents: Pick<Contents.IManager, 'get'>;
}

/** Finds out what is known of a view without its kernel. */
export class SavedViews {
  readonly #options: SavedViewsOptions;

  constructor(options: SavedViewsOptions) {
    this.#options = options;
  }

  /** What a cell of the page shows of the view just now. */
  present(path: string, id: string): ViewSnapshot | null {
    const panel = this.#options.tracker.find(one => one.sessionContext.path === path);
    if (panel === undefined) return null;
    const live = [...this.#options.views.of(panel)].find(renderer => renderer.live?.id === id);
    return live?.live?.snapshot() ?? null;
  }

  /** Ids of the views that stand in the cells of a notebook that is open, from its top down. */
  ids(path: string): string[] {
    const panel = this.#options.tracker.find(one => one.sessionContext.path === path);
    if (panel === undefined) return [];
    const renderers = [...this.#options.views.of(panel)].toSorted((left, right) =>
      left.node.compareDocumentPosition(right.node) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1
    );
    return [...new Set(renderers.flatMap(({ live }) => live?.id ?? []))];
  }

  /** What the notebook keeps of it, open or not; null where it keeps nothing, or cannot be read. */
  async find(path: string, id: string): Promise<ViewSnapshot | null> {
    const present = this.present(path, id);
    if (present !== null) return present;
    const model = this.#options.tracker.find(one => one.sessionContext.path === path)?.model;
    if (model) return snapshotIn(model.toJSON(), id);
    try {
      const file = await this.#options.contents.get(path, { content: true });
      return snapshotIn(file.content, id);
    } catch {
      return null;
    }
  }
}
