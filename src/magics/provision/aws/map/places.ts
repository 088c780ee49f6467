import { badge, box, inside, label, labelPair, LINE_HEIGHT, wordBox } from './items.ts';
import type { Frame } from './frame.ts';
import type { MapModel, Part, Subnets } from './model.ts';
import { middle, TEXT_SIZES, type Item, type Point, type Rect, type Tone } from './scene.ts';
import { fitText, textWidth, wrapText } from './text-width.ts';

/** Region, network, subnets and what is beside them. */
export function places(model: MapModel, frame: Frame): readonly Item[] {
  return [
    ...regionItems(model, frame),
    ...networkItems(model, frame),
    ...(model.front === null || frame.front === null
      ? []
      : subnetItems('front', model.front, frame.front, model)),
    ...subnetItems('machines', model.machines, frame.machines, model),
    ...zoneNames(model, frame),
    ...gatewayItems(model, frame),
    ...bucketItems(model, frame),
    ...sideItems(model, frame)
  ];
}

function regionItems({ place, price }: MapModel, { region }: Frame): Item[] {
  const room = { ...inside(region, 12), height: 24 };
  return [
    box('region', 'region', region),
    ...labelPair([place, price], region.y + 22, room, 'title')
  ];
}

function networkItems({ network: { title, detail, mark } }: MapModel, { network }: Frame): Item[] {
  const room = { ...inside(network, 12), height: 20 };
  const after = textWidth(title, TEXT_SIZES.body, true) + 8;
  const rest = { ...room, x: room.x + after, width: room.width - after };
  return [
    box('network', 'network', network),
    label(title, network.y + 21, room, { size: 'body', bold: true }),
    label(detail, network.y + 21, rest, { size: 'body' }),
    ...badge(mark, network)
  ];
}

function zoneNames({ zones }: MapModel, { columns, zoneNames: y }: Frame): Item[] {
  return zones.map((zone, index) => {
    const column = columns[index] ?? { x: 0, y: 0, width: 0, height: 0 };
    return label(zone, y, inside(column, 2), { anchor: 'middle', bold: true });
  });
}

const KINDS: Readonly<Record<Subnets['kind'], string>> = {
  public: 'public subnet',
  private: 'private subnet',
  yours: 'your subnet'
};

/** One box a zone; a mark of their own only where it is another than that of the network. */
function subnetItems(
  row: string,
  { kind, names, mark }: Subnets,
  rect: Rect,
  { network }: MapModel
): Item[] {
  const width = rect.width / names.length;
  return names.flatMap((name, index) => {
    const cell = { ...rect, x: rect.x + index * width + 2, width: width - 4 };
    const room = inside(cell, 6);
    return [
      box(`${row}-${index}`, 'subnet', cell, true),
      label(KINDS[kind], cell.y + 16, room),
      label(name, cell.y + 31, room),
      ...(mark === network.mark ? [] : badge(mark, cell))
    ];
  });
}

function gatewayItems({ nat, bastion }: MapModel, frame: Frame): Item[] {
  const small = (id: string, part: Part | null, rect: Rect | null): Item[] =>
    part === null || rect === null
      ? []
      : [
          box(id, 'gateway', rect),
          label(part.title, rect.y + 17, inside(rect, 4), { bold: true, anchor: 'middle' }),
          label(part.price || part.detail, rect.y + 33, inside(rect, 4), { anchor: 'middle' }),
          ...badge(part.mark, rect)
        ];
  return [...small('nat', nat, frame.nat), ...small('bastion', bastion, frame.bastion)];
}

const IN_BUCKET = 'jars, jobs, checkpoints, logs';

function bucketItems({ bucket: { title, mark } }: MapModel, { bucket }: Frame): Item[] {
  return [
    ...card('bucket', 'storage', bucket, title),
    ...paragraph(IN_BUCKET, { y: bucket.y + 37 }, bucket),
    ...badge(mark, bucket)
  ];
}

/** The world outside of AWS. */
function sideItems(model: MapModel, { internet, notebook, spark }: Frame): Item[] {
  const open = model.links.some(({ from }) => from === 'notebook');
  const kafka = open ? 'brokers let your address in' : 'brokers answer inside, so by way of Spark';
  return [
    ...card('internet', 'outside', internet, 'Internet'),
    ...card('notebook', 'outside', notebook, 'Notebook'),
    ...paragraph(kafka, { y: notebook.y + 38 }, notebook),
    ...besideWay(model.toSpark, middle(spark).y, notebook)
  ];
}

function card(id: string, tone: Tone, rect: Rect, title: string): Item[] {
  const room = inside(rect, 8);
  return [box(id, tone, rect), label(title, rect.y + 22, room, { size: 'body', bold: true })];
}

/** Text in lines, around the height of a way. */
function besideWay(text: string, y: number, within: Rect): Item[] {
  const lines = wrapText(text, inside(within, 8).width, TEXT_SIZES.small).length;
  return paragraph(text, { y: y + 5 - ((lines - 1) * LINE_HEIGHT) / 2 }, within);
}

/** Text in lines; the first base line is at that point. */
function paragraph(text: string, at: Pick<Point, 'y'>, within: Rect): Item[] {
  const room = inside(within, 8);
  return wrapText(text, room.width, TEXT_SIZES.small).map((line, index) =>
    label(line, at.y + index * LINE_HEIGHT, room)
  );
}

/** Kafka or Spark: its title and price, what it is, and what stands in each zone side by side. */
export function spreadItems(
  id: 'kafka' | 'spark',
  { title, detail, price, mark, inZones, passing }: MapModel['kafka'],
  rect: Rect,
  { columns }: Pick<Frame, 'columns'>,
  top: number
): readonly Item[] {
  const room = inside(rect, 10);
  const words = inZones.flatMap((texts, zone) =>
    texts.map((text, index) => {
      const { x, width } = columns[zone] ?? rect;
      const each = (width - 20 - 6 * (texts.length - 1)) / texts.length;
      const place = { x: x + 10 + index * (each + 6), y: top, width: each, height: 22 };
      return wordBox(`${id}-${zone}-${index}`, id, place, fitText(text, each, 12), passing);
    })
  );
  return [
    box(id, id, rect),
    ...labelPair([title, price], rect.y + 20, room, 'body'),
    label(detail, rect.y + 37, room),
    ...words.flat(),
    ...badge(mark, rect)
  ];
}
