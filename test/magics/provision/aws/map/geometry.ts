import {
  bottom,
  right,
  TEXT_SIZES,
  type Box,
  type Item,
  type Label,
  type Rect,
  type Route
} from '../../../../../src/magics/provision/aws/map/scene.ts';
import { textWidth } from '../../../../../src/magics/provision/aws/map/text-width.ts';

/** The parts of a scene of one kind. */
export function ofKind<Kind extends Item['kind']>(
  items: readonly Item[],
  kind: Kind
): readonly Extract<Item, { kind: Kind }>[] {
  return items.filter((item): item is Extract<Item, { kind: Kind }> => item.kind === kind);
}

/** Whether more than their edges are common to them. */
export function overlap(one: Rect, other: Rect, by = 0.5): boolean {
  return (
    one.x + by < right(other) &&
    other.x + by < right(one) &&
    one.y + by < bottom(other) &&
    other.y + by < bottom(one)
  );
}

export function contains(outer: Rect, inner: Rect): boolean {
  return (
    inner.x >= outer.x - 0.5 &&
    inner.y >= outer.y - 0.5 &&
    right(inner) <= right(outer) + 0.5 &&
    bottom(inner) <= bottom(outer) + 0.5
  );
}

/** Where the letters of a label are, by the estimate of their width. */
export function rectOfLabel({ text, at, anchor, size, bold }: Label): Rect {
  const height = TEXT_SIZES[size];
  const width = textWidth(text, height, bold);
  const x = { start: at.x, middle: at.x - width / 2, end: at.x - width }[anchor];
  return { x, y: at.y - height * 0.8, width, height };
}

/** Each straight piece of a way as a thin box. */
export function segmentsOf({ points }: Route): readonly Rect[] {
  return points.slice(1).map((to, index) => {
    const from = points[index] ?? to;
    return {
      x: Math.min(from.x, to.x),
      y: Math.min(from.y, to.y),
      width: Math.abs(from.x - to.x),
      height: Math.abs(from.y - to.y)
    };
  });
}

/** A little smaller at each side, so that what touches it is not in it. */
export function shrunk({ x, y, width, height }: Rect, by = 1): Rect {
  return { x: x + by, y: y + by, width: width - 2 * by, height: height - 2 * by };
}

export function boxOf(items: readonly Item[], id: string): Box {
  const found = ofKind(items, 'box').find(box => box.id === id);
  if (found === undefined) throw new Error(`there is no box ${id}`);
  return found;
}
