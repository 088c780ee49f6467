import type { Mark } from '../marks.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Rect extends Point {
  readonly width: number;
  readonly height: number;
}

/** What a box is about; it has its colour from that. */
export type Tone =
  'outside' | 'region' | 'network' | 'subnet' | 'gateway' | 'kafka' | 'spark' | 'storage';

/** A box; of two boxes at one place the later one is in front. */
export interface Box extends Rect {
  readonly kind: 'box';
  readonly id: string;
  readonly tone: Tone;
  /** For what comes and goes, and for borders that nobody can see. */
  readonly dashed: boolean;
}

/** Sizes of letters, in units of the map. */
export const TEXT_SIZES = { title: 14, body: 13, small: 12 } as const;

export interface Label {
  readonly kind: 'label';
  readonly text: string;
  /** `y` is that of the base line. */
  readonly at: Point;
  readonly anchor: 'start' | 'middle' | 'end';
  readonly size: keyof typeof TEXT_SIZES;
  readonly bold: boolean;
  /** What it may not leave. */
  readonly room: Rect;
}

/** A way of connections, along corners; an arrow points to who is connected to. */
export interface Route {
  readonly kind: 'route';
  readonly points: readonly Point[];
  readonly heads: 'none' | 'end' | 'both';
  /** `api`: through an endpoint of AWS; `closed`: there is none. */
  readonly way: 'rule' | 'api' | 'closed';
}

/** The ports of a way, on its line. */
export interface PortChip extends Rect {
  readonly kind: 'port';
  readonly text: string;
  readonly isNew: boolean;
}

/** What an apply does with the box at whose corner it is. */
export interface Badge {
  readonly kind: 'badge';
  readonly at: Point;
  readonly mark: Exclude<Mark, 'same'>;
}

/** A place in a wall: a way through, or none. */
export interface Gate {
  readonly kind: 'gate';
  readonly at: Point;
  readonly open: boolean;
}

export type Item = Box | Label | Route | PortChip | Badge | Gate;

/** A drawing of boxes, labels and ways; what comes later is in front. */
export interface Scene {
  readonly width: number;
  readonly height: number;
  readonly items: readonly Item[];
}

export const right = ({ x, width }: Rect): number => x + width;
export const bottom = ({ y, height }: Rect): number => y + height;
export const middle = ({ x, y, width, height }: Rect): Point => ({
  x: x + width / 2,
  y: y + height / 2
});
