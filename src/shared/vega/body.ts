import type { ChartData } from './input.ts';
import type { VegaTheme } from './theme.ts';

/** What a builder draws into. */
export interface Canvas {
  readonly theme: VegaTheme;
  /** What the picture starts with. */
  readonly data: ChartData;
  /** Width of the whole picture, pixels. */
  readonly width: number;
  /**
   * Pixels of `limit` for one pixel of room. More than 1 where Vega cannot measure text: without a
   * canvas it takes 0.8 em a character, and would cut labels that fit.
   */
  readonly textScale: number;
}

/** What the builder of one kind gives: `padding` is all the room around the plot, in pixels. */
export interface SpecBody {
  readonly padding: {
    readonly left: number;
    readonly top: number;
    readonly right: number;
    readonly bottom: number;
  };
  readonly layer: readonly Readonly<Record<string, unknown>>[];
  readonly [part: string]: unknown;
}
