import { label } from './items.ts';
import { TEXT_SIZES, type Badge, type Item, type Point, type Rect, type Route } from './scene.ts';
import { textWidth } from './text-width.ts';

const LINE = 20;
const SIGN = 26;
const GAP = 18;

const MARKS: readonly (readonly [Badge['mark'], string])[] = [
  ['new', 'new'],
  ['changed', 'changed'],
  ['replaced', 'made anew, content lost'],
  ['perhaps', 'perhaps made anew']
];
const GATES: readonly (readonly [boolean, string])[] = [
  [true, 'gateway'],
  [false, 'closed from outside']
];

interface Entry {
  readonly text: string;
  /** Its sign, in the middle of a place of SIGN units. */
  readonly sign: (at: Point) => Item;
}

/** What the signs mean that are on this map; gives the height that it takes too. */
export function legend(
  shown: readonly Item[],
  rect: Omit<Rect, 'height'>
): { readonly items: readonly Item[]; readonly height: number } {
  const entries = entriesOf(shown);
  let [x, y] = [rect.x, rect.y + LINE];
  const items: Item[] = [];
  for (const { text, sign } of entries) {
    const width = textWidth(text, TEXT_SIZES.small);
    if (x > rect.x && x + SIGN + width > rect.x + rect.width) [x, y] = [rect.x, y + LINE];
    items.push(sign({ x: x + SIGN / 2 - 2, y: y - 4 }));
    items.push(label(text, y, { x: x + SIGN, y: y - 14, width: width + 1, height: LINE }));
    x += SIGN + width + GAP;
  }
  return { items, height: y + 10 - rect.y };
}

function entriesOf(shown: readonly Item[]): readonly Entry[] {
  const has = (test: (item: Item) => boolean): boolean => shown.some(test);
  const marks = MARKS.filter(([mark]) => has(item => item.kind === 'badge' && item.mark === mark));
  const gates = GATES.filter(([open]) => has(item => item.kind === 'gate' && item.open === open));
  return [
    ...marks.map(([mark, text]) => ({
      text,
      sign: (at: Point): Item => ({ kind: 'badge', at, mark })
    })),
    { text: 'may connect to that port', sign: at => arrow(at, 'rule') },
    { text: 'by an endpoint of AWS', sign: at => arrow(at, 'api') },
    ...gates.map(([open, text]) => ({
      text,
      sign: (at: Point): Item => ({ kind: 'gate', at, open })
    }))
  ];
}

function arrow({ x, y }: Point, way: Route['way']): Item {
  const points = [
    { x: x - 11, y },
    { x: x + 9, y }
  ];
  return { kind: 'route', points, heads: 'end', way };
}
