import type { Cell } from '../view.ts';

/** A span of time, epoch milliseconds. */
interface Span {
  readonly from: number;
  readonly to: number;
}

/** What a picture is made of; see `ChartInput` of the panels for what a page adds. */
export interface PictureInput {
  /** Rows of a frame, in display order. */
  readonly rows: readonly Readonly<Record<string, Cell>>[];
  /** `ViewFrame.labels`. */
  readonly labels?: Readonly<Record<string, string>>;
  /** What a time axis shows; without it, what the rows cover. */
  readonly span?: Span | null;
  /** Times that the page missed. */
  readonly gaps?: readonly Span[];
}

/** Marks of one data set. Field names are positions, because Vega-Lite reads dots and brackets as paths. */
export type ChartRow = Record<string, string | number | boolean | null | readonly number[]>;

/** Value of a parameter. */
export type Signal = string | number | readonly number[];

/** Everything that changes while a picture lives; the specification itself stays. */
export interface ChartData {
  /** By name of the data set; rows are fresh objects, as Vega demands. */
  readonly sets: Readonly<Record<string, readonly ChartRow[]>>;
  /** By name of the parameter. */
  readonly signals: Readonly<Record<string, Signal>>;
}

/** Signals of the state before, or none at the start. */
export type Before = Readonly<Record<string, Signal>> | null;
