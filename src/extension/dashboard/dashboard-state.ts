import { z } from 'zod';
import { VIEW_BOUNDS } from '../../shared/view.ts';

/** Views in one dashboard; more than a person can look at. */
export const MAX_TILES = 24;
const MAX_PATH = 4_096;

/** What a workspace keeps of a dashboard. It comes from a file, so it is read as such. */
export const dashboardArgsSchema = z.object({
  path: z.string().min(1).max(MAX_PATH),
  /** Ids of the views, in the order in which they stand. */
  views: z.array(z.string().min(1).max(VIEW_BOUNDS.name)).max(MAX_TILES).default([])
});
export type DashboardArgs = z.infer<typeof dashboardArgsSchema>;

/** Which views of which notebook a dashboard shows, and in which order. */
export class DashboardState {
  #path: string;
  #views: readonly string[];

  constructor({ path, views }: DashboardArgs) {
    this.#path = path;
    this.#views = [...new Set(views)];
  }

  get path(): string {
    return this.#path;
  }

  get views(): readonly string[] {
    return this.#views;
  }

  get args(): DashboardArgs {
    return { path: this.#path, views: [...this.#views] };
  }

  /** The notebook has another path. */
  rename(path: string): void {
    this.#path = path;
  }

  /** Whether the view was added: not one that is there, nor one too many. */
  add(view: string): boolean {
    if (this.#views.includes(view) || this.#views.length >= MAX_TILES) return false;
    this.#views = [...this.#views, view];
    return true;
  }

  remove(view: string): boolean {
    const left = this.#views.filter(other => other !== view);
    const removed = left.length < this.#views.length;
    this.#views = left;
    return removed;
  }

  /** Moves a view by so many places; false where it cannot go further. */
  move(view: string, by: number): boolean {
    const from = this.#views.indexOf(view);
    const to = from + by;
    if (from < 0 || to < 0 || to >= this.#views.length) return false;
    this.#views = this.#views.toSpliced(from, 1).toSpliced(to, 0, view);
    return true;
  }

  canMove(view: string, by: number): boolean {
    const to = this.#views.indexOf(view) + by;
    return this.#views.includes(view) && to >= 0 && to < this.#views.length;
  }
}
