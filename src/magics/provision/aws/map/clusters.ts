import { NODE_STEP, type Frame } from './frame.ts';
import { badge, box, CHIP_HEIGHT, inside, label, labelPair, wordBox } from './items.ts';
import type { Link } from './links.ts';
import type { MapModel } from './model.ts';
import { spreadItems } from './places.ts';
import { bottom, middle, right, type Item, type Rect } from './scene.ts';

/** Below the two lines of a part. */
const WORDS_TOP = 46;

/** Kafka and Spark with what stands in each zone. */
export function clusters(model: MapModel, frame: Frame): readonly Item[] {
  return [...kafkaItems(model, frame), ...sparkItems(model, frame)];
}

function kafkaItems({ kafka, links }: MapModel, frame: Frame): readonly Item[] {
  const among = links.find(({ from, to }) => from === 'kafka' && to === 'kafka');
  const room = inside(frame.kafka, 10);
  const top = bottom(frame.kafka) - 10 - CHIP_HEIGHT;
  return [
    ...spreadItems('kafka', kafka, frame.kafka, frame, top),
    ...(among === undefined
      ? []
      : [label(`ports ${among.ports.join(', ')} among brokers`, frame.kafka.y + 53, room)])
  ];
}

function sparkItems(model: MapModel, frame: Frame): readonly Item[] {
  const { spark, hasService } = model;
  const standing = spark.inZones[0] ?? [];
  if (!hasService && standing.length < 2)
    return spreadItems('spark', spark, frame.spark, frame, frame.spark.y + WORDS_TOP);
  const room = inside(frame.spark, 10);
  return [
    box('spark', 'spark', frame.spark),
    ...labelPair([spark.title, spark.price], frame.spark.y + 20, room, 'body'),
    label(spark.detail, frame.spark.y + 37, room),
    ...nodeItems(model, frame),
    ...badge(spark.mark, frame.spark)
  ];
}

/** Nodes in the first zone, one above the other, with the ports between them. */
function nodeItems({ spark, hasService, links }: MapModel, frame: Frame): readonly Item[] {
  const names = [...(hasService ? ['EMR service'] : []), ...(spark.inZones[0] ?? [])];
  const column = frame.columns[0] ?? frame.spark;
  const rects = names.map((_, row) => ({
    x: column.x + 10,
    y: frame.spark.y + WORDS_TOP + row * NODE_STEP,
    width: column.width - 20,
    height: CHIP_HEIGHT
  }));
  const between = rects.slice(1).map((_, row) => captionOf(links, hasService && row === 0));
  return [
    ...names.flatMap((name, row) => wordBox(`node-${row}`, 'spark', rects[row] ?? column, name)),
    ...between.flatMap((caption, row) => stepItems(rects[row], caption, frame.spark))
  ];
}

/** The ways between the service of EMR and the nodes, or among the nodes. */
function captionOf(links: readonly Link[], withService: boolean): string {
  const of = (from: string, to: string): string =>
    links.find(link => link.from === from && link.to === to)?.ports.join(', ') ?? '';
  return withService
    ? `${of('service', 'spark')} to the nodes, ${of('spark', 'service')} back`
    : `${of('spark', 'spark')} ports among nodes`;
}

function stepItems(above: Rect | undefined, caption: string, within: Rect): Item[] {
  if (above === undefined) return [];
  const { x } = middle(above);
  const from = bottom(above);
  const to = from + NODE_STEP - CHIP_HEIGHT;
  const room = { ...inside(within, 10), x: x + 12, width: right(within) - 10 - x - 12 };
  return [
    {
      kind: 'route',
      points: [
        { x, y: from + 1 },
        { x, y: to - 1 }
      ],
      heads: 'both',
      way: 'rule'
    },
    label(caption, from + 15, room)
  ];
}
