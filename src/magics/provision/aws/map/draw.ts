import { escapeHtml } from '../../../output/format.ts';
import { COLOURS, FONT, INK, MARK_COLOURS, PAPER, SOFT, WAY_DASHES } from './colours.ts';
import {
  TEXT_SIZES,
  type Badge,
  type Box,
  type Gate,
  type Item,
  type Label,
  type Point,
  type PortChip,
  type Route,
  type Scene
} from './scene.ts';

/** How much larger than its units a map is drawn at most. */
const MOST_SCALE = 1.2;
const HEAD_LENGTH = 8;
const HEAD_WIDTH = 4;

/** The scene as SVG that takes its colours from the page around it; every text is escaped. */
export function drawScene(scene: Scene, title: string, description: string): string {
  const { width, height, items } = scene;
  const style = `display: block; width: 100%; max-width: ${Math.round(width * MOST_SCALE)}px; height: auto; font-family: ${FONT}`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeHtml(title)}" style="${escapeHtml(style)}">`,
    `<title>${escapeHtml(title)}</title>`,
    `<desc>${escapeHtml(description)}</desc>`,
    `<rect width="${width}" height="${height}" rx="6" style="fill: ${PAPER}"/>`,
    ...items.map(drawItem),
    '</svg>'
  ].join('\n');
}

function drawItem(item: Item): string {
  switch (item.kind) {
    case 'box':
      return drawBox(item);
    case 'label':
      return drawLabel(item);
    case 'route':
      return drawRoute(item);
    case 'port':
      return drawPort(item);
    case 'badge':
      return drawBadge(item);
    case 'gate':
      return drawGate(item);
  }
}

function rectOf({ x, y, width, height }: Box | PortChip, radius: number, style: string): string {
  const at = [x, y, width, height].map(round);
  return `<rect x="${at[0]}" y="${at[1]}" width="${at[2]}" height="${at[3]}" rx="${radius}" style="${style}"/>`;
}

function drawBox(box: Box): string {
  const { line, fill, share, weight, radius } = COLOURS[box.tone];
  const dashes = box.dashed ? '; stroke-dasharray: 4 3' : '';
  // Two layers, so that nothing behind is seen through a tint.
  return [
    rectOf(box, radius, `fill: ${PAPER}`),
    rectOf(
      box,
      radius,
      `fill: ${fill}; fill-opacity: ${share}; stroke: ${line}; stroke-width: ${weight}${dashes}`
    )
  ].join('');
}

function drawText(text: string, { x, y }: Point, anchor: string, style: string): string {
  return `<text x="${round(x)}" y="${round(y)}" text-anchor="${anchor}" style="fill: ${INK}; ${style}">${escapeHtml(text)}</text>`;
}

function drawLabel({ text, at, anchor, size, bold }: Label): string {
  return drawText(
    text,
    at,
    anchor,
    `font-size: ${TEXT_SIZES[size]}px${bold ? '; font-weight: 600' : ''}`
  );
}

function drawRoute({ points, heads, way }: Route): string {
  const ends: readonly (readonly [Point | undefined, Point | undefined])[] = [
    ...(heads === 'none' ? [] : [[points.at(-2), points.at(-1)] as const]),
    ...(heads === 'both' ? [[points[1], points[0]] as const] : [])
  ];
  const path = points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${round(x)} ${round(y)}`);
  const dashes = WAY_DASHES[way];
  const colour = way === 'closed' ? SOFT : INK;
  return [
    `<path d="${path.join('')}" style="fill: none; stroke: ${colour}; stroke-width: 1.5; stroke-linejoin: round${dashes}"/>`,
    ...ends.map(([from, to]) => (from === undefined || to === undefined ? '' : drawHead(from, to)))
  ].join('');
}

function drawHead(from: Point, to: Point): string {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const [ux, uy] = [(to.x - from.x) / length, (to.y - from.y) / length];
  const back = { x: to.x - ux * HEAD_LENGTH, y: to.y - uy * HEAD_LENGTH };
  const corners = [
    to,
    { x: back.x - uy * HEAD_WIDTH, y: back.y + ux * HEAD_WIDTH },
    { x: back.x + uy * HEAD_WIDTH, y: back.y - ux * HEAD_WIDTH }
  ];
  return `<polygon points="${corners.map(({ x, y }) => `${round(x)},${round(y)}`).join(' ')}" style="fill: ${INK}"/>`;
}

function drawPort(chip: PortChip): string {
  const line = chip.isNew ? MARK_COLOURS.new : INK;
  const style = `fill: ${PAPER}; stroke: ${line}; stroke-width: ${chip.isNew ? 2 : 1}`;
  const at = { x: chip.x + chip.width / 2, y: chip.y + 13 };
  return (
    rectOf(chip, 9, style) + drawText(chip.text, at, 'middle', `font-size: ${TEXT_SIZES.small}px`)
  );
}

/** The strokes of each sign, around its middle. */
const SIGNS: Readonly<Record<Badge['mark'], string>> = {
  new: 'M-4 0H4M0 -4V4',
  changed: 'M-4 1Q-2 -3 0 0T4 -1',
  replaced: 'M3 -2.4A3.8 3.8 0 1 0 3.7 1M3.6 -4.4V-1.9H1.1',
  perhaps: 'M-2 -2A2.2 2.2 0 1 1 0 0.8V1.8M0 3.9V4.3'
};

function drawBadge({ at, mark }: Badge): string {
  const line = MARK_COLOURS[mark];
  return `<g transform="translate(${round(at.x)} ${round(at.y)})"><circle r="8" style="fill: ${PAPER}; stroke: ${line}; stroke-width: 1.5"/><path d="${SIGNS[mark]}" style="fill: none; stroke: ${line}; stroke-width: 1.7; stroke-linecap: round"/></g>`;
}

function drawGate({ at, open }: Gate): string {
  const line = open ? COLOURS.gateway.line : MARK_COLOURS.replaced;
  const sign = open ? 'M-4 -2H4M2 -4.5L4.5 -2M4 3H-4M-2 5.5L-4.5 3' : 'M-3 -3L3 3M3 -3L-3 3';
  return `<g transform="translate(${round(at.x)} ${round(at.y)})"><circle r="9" style="fill: ${PAPER}; stroke: ${line}; stroke-width: 1.5"/><path d="${sign}" style="fill: none; stroke: ${line}; stroke-width: 1.5; stroke-linecap: round"/></g>`;
}

/** No more digits than can be seen, and the same on every machine. */
function round(value: number): string {
  return String(Math.round(value * 10) / 10);
}
