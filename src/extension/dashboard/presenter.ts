/** What an audience sees of a dashboard: all views, or one after the other. */
export class Presenter {
  #active = false;
  #index: number | null = null;

  get active(): boolean {
    return this.#active;
  }

  /** The view that is shown alone; null for all. */
  get index(): number | null {
    return this.#active ? this.#index : null;
  }

  start(): void {
    this.#active = true;
    this.#index = null;
  }

  end(): void {
    this.#active = false;
    this.#index = null;
  }

  /** One step on or back: all, the first, …, the last, and all again. */
  step(by: 1 | -1, count: number): void {
    if (!this.#active || count === 0) return;
    const stops = count + 1;
    const at = this.#index === null ? 0 : this.#index + 1;
    const next = (at + by + stops) % stops;
    this.#index = next === 0 ? null : next - 1;
  }

  /** There are only so many views now. */
  limit(count: number): void {
    if (this.#index !== null && this.#index >= count) this.#index = null;
  }
}
