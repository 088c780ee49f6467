import type { Frame } from './frame.ts';
import { badge, ports } from './items.ts';
import type { End, Link } from './links.ts';
import type { Mark } from '../marks.ts';
import type { MapModel } from './model.ts';
import { bottom, middle, right, type Item, type Point, type Route } from './scene.ts';

/** The port of every endpoint of AWS. */
const HTTPS = '443';

/** All ways of connections, with their ports, and the gates in the wall of the network. */
export function routes(model: MapModel, frame: Frame): readonly Item[] {
  const link = (from: End, to: End): Link | undefined =>
    model.links.find(each => each.from === from && each.to === to);
  return [
    ...waysOut(model, frame, link),
    ...waysToKafka(frame, link),
    ...notebookWays(frame, link('notebook', 'kafka'))
  ];
}

type Find = (from: End, to: End) => Link | undefined;

function route(points: readonly Point[], heads: Route['heads'], way: Route['way'] = 'rule'): Route {
  return { kind: 'route', points, heads, way };
}

/** From Spark, and from brokers that fetch packages: to the bucket, and to the internet. */
function waysOut(model: MapModel, frame: Frame, link: Find): Item[] {
  const { busX, exitY, spark, kafka, bucket, nat, internet, network } = frame;
  const ofNetwork = model.network.mark;
  const out = link('spark', 'internet');
  if (out === undefined) return [];
  const [sparkY, kafkaY] = [middle(spark).y, middle(kafka).y];
  const bus = { x: busX, y: sparkY };
  const exit = { x: busX, y: exitY };
  const last = nat === null ? right(internet) : right(nat);
  const wall = { x: network.x, y: exitY };
  return [
    route([{ x: right(spark), y: sparkY }, bus, exit, { x: last, y: exitY }], 'end'),
    route([bus, { x: bucket.x, y: sparkY }], 'end'),
    ...(link('kafka', 'internet') === undefined
      ? []
      : [
          route(
            [
              { x: right(kafka), y: kafkaY },
              { x: busX, y: kafkaY }
            ],
            'none'
          )
        ]),
    ...(nat === null
      ? []
      : [
          route(
            [
              { x: nat.x, y: exitY },
              { x: right(internet), y: exitY }
            ],
            'end'
          )
        ]),
    ...bastionOut(frame, link),
    ports(out.ports, { x: busX, y: kafka.y - 14 }, out.isNew),
    ...gate(model.gateway, ofNetwork, wall),
    ...gate(model.endpoint, ofNetwork, { x: right(network), y: sparkY })
  ];
}

/** The bastion joins the way of the NAT gateway to the internet. */
function bastionOut({ bastion, network, exitY }: Frame, link: Find): Item[] {
  if (bastion === null || link('bastion', 'internet') === undefined) return [];
  const { y } = middle(bastion);
  const x = network.x + 15;
  return [
    route(
      [
        { x: bastion.x, y },
        { x, y },
        { x, y: exitY }
      ],
      'none'
    )
  ];
}

/** With a mark of its own only where it is another than that of the network. */
function gate(mark: MapModel['gateway'], ofNetwork: Mark, at: Point): Item[] {
  if (mark === null) return [];
  const own = mark === ofNetwork ? 'same' : mark;
  return [{ kind: 'gate', at, open: true }, ...badge(own, { x: at.x - 12, y: at.y - 12 })];
}

function waysToKafka({ kafka, spark, bastion }: Frame, link: Find): Item[] {
  const fromSpark = link('spark', 'kafka');
  const fromBastion = link('bastion', 'kafka');
  const x = middle(spark).x;
  const between = { x, y: (bottom(kafka) + spark.y) / 2 };
  const ways =
    fromSpark === undefined
      ? []
      : [
          route(
            [
              { x, y: spark.y },
              { x, y: bottom(kafka) }
            ],
            'end'
          ),
          ports(fromSpark.ports, between, fromSpark.isNew)
        ];
  if (bastion === null || fromBastion === undefined) return ways;
  const down = right(bastion) - 8;
  const chip = { x: down, y: bottom(bastion) + 8 + 14 };
  return [
    ...ways,
    route(
      [
        { x: down, y: bottom(bastion) },
        { x: down, y: kafka.y }
      ],
      'end'
    ),
    ports(fromBastion.ports, chip, fromBastion.isNew)
  ];
}

/** To Kafka by an open port or not at all, to Spark by an endpoint of AWS. */
function notebookWays({ notebook, network, region, kafka, spark }: Frame, open?: Link): Item[] {
  const [x, toKafka, toSpark] = [right(notebook), middle(kafka).y, middle(spark).y];
  const wall = { x: network.x, y: toKafka };
  const kafkaWay =
    open === undefined
      ? [
          route(
            [
              { x, y: toKafka },
              { x: wall.x - 9, y: toKafka }
            ],
            'none',
            'closed'
          ),
          { kind: 'gate', at: wall, open: false } as const
        ]
      : [
          route(
            [
              { x, y: toKafka },
              { x: kafka.x, y: toKafka }
            ],
            'end'
          ),
          ports(open.ports, { x: (region.x + network.x) / 2, y: toKafka }, open.isNew)
        ];
  return [
    ...kafkaWay,
    route(
      [
        { x, y: toSpark },
        { x: spark.x, y: toSpark }
      ],
      'end',
      'api'
    ),
    ports([HTTPS], { x: (region.x + network.x) / 2, y: toSpark }, false)
  ];
}
