import { CHIP_HEIGHT } from './items.ts';
import type { MapModel } from './model.ts';
import { bottom, middle, right, type Rect } from './scene.ts';

/** Widest and narrowest that the zones are together and each. */
const ZONES_WIDTH = 378;
const LEAST_ZONE = 126;
const EDGE = 8;
const SIDE_WIDTH = 112;
/** From the notebook to the border of the region, from there to that of the network, and on to the zones. */
const TO_REGION = 20;
const TO_NETWORK = 36;
const TO_ZONES = 20;
/** Right of the zones, where ways out come together. */
const GUTTER = 40;
const TO_BUCKET = 36;
const BUCKET = { width: 104, height: 78 } as const;

const SUBNET_HEAD = 42;
const SMALL_BOX = 40;
const PART_HEAD = 46;
const PART_FOOT = 10;
const MORE_LINE = 16;
const BETWEEN = 46;
/** Between boxes of nodes, one above the other, with an arrow between. */
export const NODE_STEP = CHIP_HEIGHT + 22;

/** Where everything is. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly region: Rect;
  readonly network: Rect;
  /** One a zone, from the top of the network to its bottom. */
  readonly columns: readonly Rect[];
  /** The base line of the names of the zones. */
  readonly zoneNames: number;
  /** Of all zones together; null where there are no subnets beside those of the machines. */
  readonly front: Rect | null;
  readonly machines: Rect;
  readonly nat: Rect | null;
  readonly bastion: Rect | null;
  readonly kafka: Rect;
  readonly spark: Rect;
  readonly bucket: Rect;
  readonly notebook: Rect;
  readonly internet: Rect;
  /** Where the way out goes to the left. */
  readonly exitY: number;
  /** Where ways out come together. */
  readonly busX: number;
}

/** Places for a model; the same for the same one. */
export function frameOf(model: MapModel): Frame {
  const across = acrossOf(model.zones.length);
  const down = downOf(model);
  const { zonesX, zonesWidth, networkX, regionX, networkRight, bucketX } = across;
  const inZones = { x: zonesX, width: zonesWidth };
  const part = { x: zonesX + 6, width: zonesWidth - 12 };
  const first = { x: zonesX + 6, width: zonesWidth / model.zones.length - 12, height: SMALL_BOX };
  const spark = { ...part, ...down.spark };
  const bucket = { x: bucketX, y: middle(spark).y - BUCKET.height / 2, ...BUCKET };
  const networkBottom = Math.max(down.machines.y + down.machines.height + 10, bottom(bucket));
  const region = {
    x: regionX,
    y: EDGE,
    width: right(bucket) + 12 - regionX,
    height: networkBottom + 10 - EDGE
  };
  return {
    width: right(region) + EDGE,
    height: bottom(region),
    region,
    network: { x: networkX, y: 44, width: networkRight - networkX, height: networkBottom - 44 },
    columns: model.zones.map((_, index) => ({
      x: zonesX + (index * zonesWidth) / model.zones.length,
      y: 44,
      width: zonesWidth / model.zones.length,
      height: networkBottom - 44
    })),
    zoneNames: down.zoneNames,
    front: down.front === null ? null : { ...inZones, ...down.front },
    machines: { ...inZones, ...down.machines },
    nat: down.natY === null ? null : { ...first, y: down.natY },
    bastion: down.bastionY === null ? null : { ...first, y: down.bastionY },
    kafka: { ...part, ...down.kafka },
    spark,
    bucket,
    notebook: {
      x: EDGE,
      y: down.kafka.y,
      width: SIDE_WIDTH,
      height: bottom(spark) - down.kafka.y
    },
    internet: { x: EDGE, y: down.exitY - 18, width: SIDE_WIDTH, height: 36 },
    exitY: down.exitY,
    busX: zonesX + zonesWidth + GUTTER / 2 - 2
  };
}

function acrossOf(zones: number) {
  const regionX = EDGE + SIDE_WIDTH + TO_REGION;
  const networkX = regionX + TO_NETWORK;
  const zonesX = networkX + TO_ZONES;
  const zonesWidth = Math.max(ZONES_WIDTH, zones * LEAST_ZONE);
  const networkRight = zonesX + zonesWidth + GUTTER;
  return { regionX, networkX, zonesX, zonesWidth, networkRight, bucketX: networkRight + TO_BUCKET };
}

function downOf({ nat, bastion, spark, hasService, links }: MapModel) {
  const frontY = 96;
  const natY = nat === null ? null : frontY + SUBNET_HEAD;
  const bastionY = natY === null || bastion === null ? null : natY + SMALL_BOX + 10;
  const lastY = bastionY ?? natY;
  const front = lastY === null ? null : { y: frontY, height: lastY + SMALL_BOX + 8 - frontY };
  const exitY = natY === null ? 90 : natY + SMALL_BOX / 2;
  const machinesY = front === null ? 130 : front.y + front.height + (bastionY === null ? 10 : 28);
  const among = links.some(({ from, to }) => from === 'kafka' && to === 'kafka');
  const kafkaY = machinesY + SUBNET_HEAD;
  const kafkaHeight = partHeight(1) + (among ? MORE_LINE : 0);
  const sparkY = kafkaY + kafkaHeight + BETWEEN;
  const rows = nodeRows(spark.inZones, hasService);
  const sparkHeight = partHeight(1) + (rows - 1) * NODE_STEP;
  return {
    zoneNames: front === null ? 120 : 88,
    front,
    natY,
    bastionY,
    exitY,
    machines: { y: machinesY, height: sparkY + sparkHeight + 10 - machinesY },
    kafka: { y: kafkaY, height: kafkaHeight },
    spark: { y: sparkY, height: sparkHeight }
  };
}

function partHeight(rows: number): number {
  return PART_HEAD + rows * CHIP_HEIGHT + PART_FOOT;
}

/** Nodes that know each other stand one above the other, the service of EMR on top. */
function nodeRows(inZones: readonly (readonly string[])[], hasService: boolean): number {
  const most = Math.max(...inZones.map(each => each.length));
  return most + (hasService ? 1 : 0);
}
