import type { Mark } from '../marks.ts';
import {
  TEXT_SIZES,
  type Box,
  type Item,
  type Label,
  type Point,
  type Rect,
  type Tone
} from './scene.ts';
import { fitText, textWidth } from './text-width.ts';

/** Between the edge of a box and what is in it. */
export const PAD = 8;
export const LINE_HEIGHT = 15;
export const CHIP_HEIGHT = 22;
const PORT_HEIGHT = 18;

export function box(id: string, tone: Tone, rect: Rect, dashed = false): Box {
  const { x, y, width, height } = rect;
  return { kind: 'box', id, tone, dashed, x, y, width, height };
}

export interface LabelStyle {
  readonly size?: Label['size'];
  readonly bold?: boolean;
  readonly anchor?: Label['anchor'];
}

/** One line of text, shortened until it fits in its room; `y` is that of the base line. */
export function label(text: string, y: number, room: Rect, style: LabelStyle = {}): Label {
  const { size = 'small', bold = false, anchor = 'start' } = style;
  const x = { start: room.x, middle: room.x + room.width / 2, end: room.x + room.width }[anchor];
  return {
    kind: 'label',
    text: fitText(text, room.width, TEXT_SIZES[size], bold),
    at: { x, y },
    anchor,
    size,
    bold,
    room
  };
}

/** Two texts in one line, the second at the right edge, which is never shortened. */
export function labelPair(
  [first, second]: readonly [string, string],
  y: number,
  room: Rect,
  size: Label['size']
): readonly Label[] {
  const taken = second === '' ? 0 : textWidth(second, TEXT_SIZES.small, true) + PAD;
  const rest = { ...room, width: room.width - taken };
  const price = { ...room, x: room.x + rest.width, width: taken };
  return [
    label(first, y, rest, { size, bold: true }),
    ...(second === '' ? [] : [label(second, y, price, { bold: true, anchor: 'end' })])
  ];
}

/** A small box with one word. */
export function wordBox(id: string, tone: Tone, rect: Rect, text: string, dashed = false): Item[] {
  const room = { ...rect, x: rect.x + 2, width: rect.width - 4 };
  return [box(id, tone, rect, dashed), label(text, rect.y + 15, room, { anchor: 'middle' })];
}

/** Ports around a point of their way. */
export function ports(texts: readonly string[], at: Point, isNew: boolean): Item {
  const text = texts.map(each => (each === 'all' ? 'all ports' : each)).join(', ');
  const width = Math.ceil(textWidth(text, TEXT_SIZES.small)) + PAD;
  return {
    kind: 'port',
    text,
    isNew,
    x: at.x - width / 2,
    y: at.y - PORT_HEIGHT / 2,
    width,
    height: PORT_HEIGHT
  };
}

/** Nothing where nothing is done. */
export function badge(mark: Mark, at: Point): Item[] {
  return mark === 'same' ? [] : [{ kind: 'badge', at: { x: at.x, y: at.y }, mark }];
}

/** What is left inside of a box. */
export function inside({ x, y, width, height }: Rect, pad = PAD): Rect {
  return { x: x + pad, y: y + pad, width: width - 2 * pad, height: height - 2 * pad };
}
