import { z } from 'zod';
import { isInternalTopic } from '../../shared/names.ts';
import type { ProducerRun } from '../../runtime/producers/port.ts';
import { LOCAL_TARGET } from '../../runtime/profile/profile.ts';
import { MAIN_SESSION, RELAY_SESSION } from '../../runtime/session-port.ts';
import type { NotebookRuntime } from '../../runtime/notebook/port.ts';
import type { StreamHandle } from '../../runtime/streams/port.ts';
import { toHeadraceError } from '../../shared/errors.ts';
import { defineMagic, type CellContext } from '../contract.ts';
import { awsProfileOf, jobsOf } from '../job/open-jobs.ts';
import { sinceText, stateText } from '../job/running-jobs.ts';
import { formatCount, formatDuration, formatPlural } from '../output/format.ts';
import { tableBundle } from '../output/table.ts';
import { byOwner } from '../session/order.ts';

const NOT_RUNNING = 'not running';

type Row = readonly [what: string, name: string, state: string, detail: string];

export const status = defineMagic({
  name: 'status',
  kinds: ['line'],
  summary:
    'Shows the stack and the sessions, topics, streams, batches, jobs and producers of this notebook.',
  args: z.object({}),
  examples: ['%status'],
  async run(_args, _body, context) {
    const { runtime, display, signal } = context;
    await runtime.reattach(signal);
    const rows = [
      ...(await targetRows(runtime)),
      ...(runtime.endpoints === null ? [] : await attachedRows(runtime, signal)),
      ...(await jobRows(context)),
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

/** Where the notebook is comes first; the stack of this machine follows where it runs besides. */
async function targetRows(runtime: NotebookRuntime): Promise<Row[]> {
  const { current, profiles } = runtime.targets;
  const stack = await stackRows(runtime);
  if (current === null || current === LOCAL_TARGET) return stack;
  const profile = await profiles.read(current);
  if (profile === null) return [['target', current, 'gone', 'its profile is gone'], ...stack];
  const { brokers, livy, environment, reach } = profile;
  const where = environment === null ? '' : `${environment.name} in ${environment.region}`;
  return [
    ['target', current, profile.kind, where],
    [
      'target',
      'Kafka',
      profile.kafkaAuth.kind,
      `${brokers.join(', ')}${reach === 'relay' ? `; through the Spark session ${RELAY_SESSION}` : ''}`
    ],
    ['target', 'Livy', livy.type, livy.url],
    ...(stack.some(([, , state]) => state !== NOT_RUNNING) ? stack : [])
  ];
}

async function stackRows({ stack }: NotebookRuntime): Promise<Row[]> {
  const { running, parts } = await stack.status();
  if (!running) return [['stack', 'local', NOT_RUNNING, '']];
  const services = parts.filter(({ kind }) => kind === 'service');
  return services.map(({ name, state, detail }) => ['stack', name, state, detail]);
}

async function attachedRows(runtime: NotebookRuntime, signal: AbortSignal): Promise<Row[]> {
  const kafka = await runtime.kafka();
  const topics = (await kafka.admin.listTopics(signal)).filter(name => !isInternalTopic(name));
  const streams = (await runtime.streams()).list();
  return [
    ...(await sessionRows(runtime, signal)),
    ['topics', formatPlural(topics.length, 'topic'), '', topics.toSorted().join(', ')],
    ...streams.map(streamRow),
    ...(await batchRows(runtime, signal))
  ];
}

/** The sessions of this notebook; at least the one that cells run in. */
async function sessionRows(runtime: NotebookRuntime, signal: AbortSignal): Promise<Row[]> {
  const sessions = await runtime.sessions();
  const { name: current } = sessions.current;
  const used = (await sessions.list(signal))
    .filter(each => each.shortName !== null || each.isCurrent)
    .toSorted(byOwner);
  const rows = used.map(({ session, shortName, isCurrent }): Row => {
    const here = isCurrent && used.length > 1 ? 'cells run here' : '';
    const detail = [here, isCurrent ? packagesText(runtime) : ''];
    return ['session', shortName ?? current, session.state, joined(detail)];
  });
  if (used.some(({ isCurrent }) => isCurrent)) return rows;
  return [...rows, ['session', current, 'not started', packagesText(runtime)]];
}

function packagesText({ dependencies }: NotebookRuntime): string {
  return dependencies.packages.length === 0 ? '' : `packages: ${dependencies.packages.join(', ')}`;
}

/** Batches of this notebook that the endpoint still knows. */
async function batchRows(runtime: NotebookRuntime, signal: AbortSignal): Promise<Row[]> {
  const own = runtime.submittedBatches;
  if (own.length === 0) return [];
  const listed = await (await runtime.batches()).listBatches(signal);
  return own.flatMap(({ id, file }) => {
    const state = listed.find(batch => batch.id === id)?.state;
    return state === undefined ? [] : [['batch', file, state, `id ${id}`] as const];
  });
}

/** Jobs that run in the environment of AWS that the notebook is on; that they cannot be asked hides nothing else. */
async function jobRows(context: CellContext): Promise<Row[]> {
  const { runtime, clock, signal } = context;
  const profile = await awsProfileOf(runtime);
  if (profile === null) return [];
  try {
    const running = await (await jobsOf(profile, context)).running(signal);
    return running.map(job => {
      const detail = [`id ${job.id}`, sinceText(job, clock.now()), job.reason ?? ''];
      return ['job', job.name, stateText(job), joined(detail)];
    });
  } catch (error) {
    if (signal.aborted) throw error;
    return [['jobs', '', 'not known', toHeadraceError(error).line]];
  }
}

function streamRow(stream: StreamHandle): Row {
  const { state, mode, reason, inputRate, latencyMs, rows, dead } = stream.status();
  const detail = [
    mode ?? '',
    `${formatCount(inputRate)} records/s in`,
    latencyMs === null ? '' : `latency ${formatCount(latencyMs)} ms`,
    formatPlural(rows, 'result row'),
    dead === 0 ? '' : `${formatCount(dead)} not parsed`,
    stream.session === MAIN_SESSION ? '' : `in the session ${stream.session}`,
    reason
  ];
  return ['stream', stream.name, state, joined(detail)];
}

function producerRow(run: ProducerRun): Row {
  const { state, sent, rate, seconds, error } = run.progress();
  const detail = [
    `${formatPlural(sent, 'record')} to ${run.topic}`,
    `${formatCount(rate)} records/s`,
    formatDuration(seconds * 1000),
    error?.message ?? ''
  ];
  return ['producer', run.name, state, joined(detail)];
}

function joined(parts: readonly string[]): string {
  return parts.filter(part => part !== '').join('; ');
}
