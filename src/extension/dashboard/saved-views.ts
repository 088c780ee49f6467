import type { INotebookTracker } from '@jupyterlab/notebook';
import type { Contents } from '@jupyterlab/services';
import { z } from 'zod';
import { VIEW_MIME } from '../../shared/names.ts';
import type { ViewSnapshot } from '../../shared/view.ts';
import { readSnapshot } from '../link/read-message.ts';
import type { ILiveViews } from '../tokens.ts';

/** The part of a notebook that is looked through. */
const notebookSchema = z.object({
  cells: z.array(
    z.object({
      outputs: z
        .array(z.object({ data: z.record(z.string(), z.unknown()).catch({}) }).catch({ data: {} }))
        .catch([])
    })
  )
});

/** What a notebook keeps of a view, in the last output that has it; null where there is none. */
export function snapshotIn(notebook: unknown, id: string): ViewSnapshot | null {
  const parsed = notebookSchema.safeParse(notebook);
  const outputs = parsed.data?.cells.flatMap(cell => cell.outputs) ?? [];
  const found = outputs
    .map(({ data }) => readSnapshot(data[VIEW_MIME]))
    .filter(snapshot => snapshot?.view.id === id);
  return found.at(-1) ?? null;
}

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
