import { z } from 'zod';
import { isInternalTopic } from '../../shared/names.ts';
import type { ProducerRun } from '../../runtime/producers/port.ts';
import type { NotebookRuntime } from '../../runtime/notebook/port.ts';
import type { StreamHandle } from '../../runtime/streams/port.ts';
import { defineMagic } from '../contract.ts';
import { formatCount, formatDuration, formatPlural } from '../output/format.ts';
import { tableBundle } from '../output/table.ts';

type Row = readonly [what: string, name: string, state: string, detail: string];

export const status = defineMagic({
  name: 'status',
  kinds: ['line'],
  summary:
    'Shows the stack, the session, the topics, the streams and the producers of this notebook.',
  args: z.object({}),
  examples: ['%status'],
  async run(_args, _body, { runtime, display, signal }) {
    await runtime.reattach(signal);
    const rows = [
      ...(await stackRows(runtime)),
      ...(runtime.endpoints === null ? [] : await attachedRows(runtime, signal)),
      ...runtime.producers.list().map(producerRow),
      ...runtime.lostProducers.map(({ name, topic }): Row => [
        'producer',
        name,
        'lost',
        `to ${topic}; ended with its kernel`
      ])
    ];
    display.show(
      tableBundle({
        columns: [{ name: 'what' }, { name: 'name' }, { name: 'state' }, { name: 'detail' }],
        rows,
        ...(runtime.endpoints === null
          ? { note: 'This notebook is not attached. Run %provision local.' }
          : {})
      })
    );
  }
});

async function stackRows({ stack }: NotebookRuntime): Promise<Row[]> {
  const { running, parts } = await stack.status();
  if (!running) return [['stack', 'local', 'not running', '']];
  return parts.map(part => ['stack', part.name, part.state, part.detail]);
}

async function attachedRows(runtime: NotebookRuntime, signal: AbortSignal): Promise<Row[]> {
  const session = (await runtime.session()).current;
  const kafka = await runtime.kafka();
  const topics = (await kafka.admin.listTopics(signal)).filter(name => !isInternalTopic(name));
  const streams = (await runtime.streams()).list();
  return [
    [
      'session',
      session === null ? 'Spark' : (session.name ?? String(session.id)),
      session?.state ?? 'not started',
      packagesText(runtime)
    ],
    ['topics', formatPlural(topics.length, 'topic'), '', topics.toSorted().join(', ')],
    ...streams.map(streamRow)
  ];
}

function packagesText({ dependencies }: NotebookRuntime): string {
  return dependencies.packages.length === 0 ? '' : `packages: ${dependencies.packages.join(', ')}`;
}

function streamRow(stream: StreamHandle): Row {
  const { state, mode, reason, inputRate, latencyMs, rows, dead } = stream.status();
  const detail = [
    mode ?? '',
    `${formatCount(inputRate)} records/s in`,
    latencyMs === null ? '' : `latency ${formatCount(latencyMs)} ms`,
    formatPlural(rows, 'result row'),
    dead === 0 ? '' : `${formatCount(dead)} not parsed`,
    reason
  ];
  return ['stream', stream.name, state, detail.filter(part => part !== '').join('; ')];
}

function producerRow(run: ProducerRun): Row {
  const { state, sent, rate, seconds, error } = run.progress();
  const detail = [
    `${formatPlural(sent, 'record')} to ${run.topic}`,
    `${formatCount(rate)} records/s`,
    formatDuration(seconds * 1000),
    error?.message ?? ''
  ];
  return ['producer', run.name, state, detail.filter(part => part !== '').join('; ')];
}
