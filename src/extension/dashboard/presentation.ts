import { Presenter } from './presenter.ts';

/** Elements that use the arrow keys themselves. */
const USES_ARROWS = 'input, select, textarea, [role="grid"], [role="slider"], [contenteditable]';

export interface PresentationOptions {
  /** What fills the screen. */
  readonly node: HTMLElement;
  /** Views that can be stepped through. */
  readonly count: () => number;
  readonly onChange: () => void;
}

/**
 * Shows an element on the whole screen, or over the whole page where the browser refuses that. Arrow and
 * page keys step through the views, Escape ends it. Its owner disposes of it.
 */
export class Presentation {
  readonly #options: PresentationOptions;
  readonly #presenter = new Presenter();

  constructor(options: PresentationOptions) {
    this.#options = options;
  }

  get active(): boolean {
    return this.#presenter.active;
  }

  /** The view that is shown alone; null for all. */
  get index(): number | null {
    return this.#presenter.index;
  }

  async start(): Promise<void> {
    if (this.active) return;
    const { node } = this.#options;
    this.#presenter.start();
    node.classList.add('jp-mod-presenting');
    document.addEventListener('fullscreenchange', this.#onFullscreen);
    document.addEventListener('keydown', this.#onKey);
    this.#options.onChange();
    node.focus();
    try {
      await node.requestFullscreen();
    } catch {
      this.#maximise();
    }
  }

  end(): void {
    if (!this.active) return;
    const { node } = this.#options;
    this.#presenter.end();
    node.classList.remove('jp-mod-presenting', 'jp-mod-maximised');
    document.removeEventListener('fullscreenchange', this.#onFullscreen);
    document.removeEventListener('keydown', this.#onKey);
    if (document.fullscreenElement === node) void document.exitFullscreen().catch(() => undefined);
    this.#options.onChange();
  }

  step(by: 1 | -1): void {
    this.#presenter.step(by, this.#options.count());
    this.#options.onChange();
  }

  /** There may be fewer views now. */
  limit(): void {
    this.#presenter.limit(this.#options.count());
  }

  dispose(): void {
    this.end();
  }

  /** Only where it has not ended meanwhile. */
  #maximise(): void {
    this.#options.node.classList.toggle('jp-mod-maximised', this.active);
  }

  readonly #onFullscreen = (): void => {
    if (document.fullscreenElement !== this.#options.node) this.end();
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === 'Escape') {
      this.end();
      return;
    }
    if (event.target instanceof Element && event.target.closest(USES_ARROWS) !== null) return;
    const steps: Readonly<Record<string, 1 | -1>> = {
      ArrowRight: 1,
      PageDown: 1,
      ArrowLeft: -1,
      PageUp: -1
    };
    const by = steps[event.key];
    if (by === undefined) return;
    event.preventDefault();
    this.step(by);
  };
}
