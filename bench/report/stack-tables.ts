import type { Figures } from '../results.ts';
import type { SessionCosts } from '../session-costs.ts';
import { count, megabytes, milliseconds, timesRow, type Table } from './format.ts';

/** Tables of streams, statements, sessions and producers, as far as they were measured. */
export function stackTables(figures: Figures): readonly Table[] {
  const times = timesRows(figures);
  const { sessions, producing } = figures;
  return [
    ...(times.length === 0 ? [] : [[['', 'p50', 'p95'], ...times]]),
    ...(sessions === undefined ? [] : sessionTables(sessions)),
    ...(producing === undefined
      ? []
      : [
          [
            ['records per second', 'Headrace', 'Kafka tool'],
            ...producing.map(({ bytes, headrace, kafkaTool }) => [
              `${bytes} bytes`,
              count(headrace),
              count(kafkaTool)
            ])
          ]
        ])
  ];
}

function timesRows({
  streams,
  statements,
  sessions,
  kernelStart,
  stackStartMs
}: Figures): string[][] {
  return [
    ...(streams === undefined ? [] : streamRows(streams)),
    ...(statements === undefined
      ? []
      : [
          timesRow('statement round trip, pyspark', statements.roundTrips.pyspark),
          timesRow('statement round trip, sql', statements.roundTrips.sql),
          timesRow('statement round trip, scala', statements.roundTrips.spark),
          timesRow('%sql cell', statements.sqlCell.cell),
          timesRow('its statement alone, over REST', statements.sqlCell.rest)
        ]),
    ...(sessions === undefined ? [] : [timesRow('session start', sessions.start)]),
    ...(kernelStart === undefined ? [] : [timesRow('kernel start', kernelStart)]),
    ...(stackStartMs === undefined ? [] : [['local stack start', milliseconds(stackStartMs), '']])
  ];
}

function streamRows({ realTime, microBatch }: NonNullable<Figures['streams']>): string[][] {
  const ratio = (rank: 'p50' | 'p95'): string =>
    `${(microBatch.latency[rank] / realTime.latency[rank]).toFixed(1)} ×`;
  return [
    ...[realTime, microBatch].map(({ mode, latency }) =>
      timesRow(`produce → result, ${mode}`, latency)
    ),
    ['micro-batch over real-time', ratio('p50'), ratio('p95')]
  ];
}

/** What one idle session holds, and what ten of them leave behind in the gateway. */
function sessionTables({ idle, gateway }: SessionCosts): readonly Table[] {
  const { first, last } = gateway;
  return [
    [
      ['memory', 'Python', 'JVM'],
      ['idle session', megabytes(idle.own), megabytes(idle.started)]
    ],
    [
      ['gateway after', '1 session', '10 sessions'],
      ['memory', megabytes(first.resident), megabytes(last.resident)],
      ['open handles', handles(first.handles), handles(last.handles)]
    ]
  ];
}

function handles(number: number | null): string {
  return number === null ? 'unknown' : count(number);
}
