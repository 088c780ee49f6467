import type { ProducerRun, ProduceProgress, RecordSource } from '../../runtime/producers/port.ts';
import { HeadraceError, interrupted, toHeadraceError } from '../../shared/errors.ts';
import type { CellContext } from '../contract.ts';
import { formatBar, formatCount, formatDuration, formatPlural } from '../output/format.ts';

/** Shortest time between two updates of the progress line, milliseconds. */
const UPDATE_MS = 250;

export interface ProduceRequest {
  readonly topic: string;
  readonly rate?: number | undefined;
  readonly as?: string | undefined;
  readonly background: boolean;
  /** Called only when the topic is known to exist, so that a wrong topic opens no file. */
  readonly source: () => RecordSource | Promise<RecordSource>;
}

/** Starts a producer and shows its progress until its end, or until it runs in the background. */
export async function produce(request: ProduceRequest, context: CellContext): Promise<void> {
  const { runtime, display, signal } = context;
  const kafka = await runtime.kafka();
  await kafka.admin.describeTopic(request.topic, signal);
  const name = request.as ?? freeName(context, request.topic);
  const run = await runtime.producers.start({
    name,
    topic: request.topic,
    source: await request.source(),
    rate: request.rate ?? null
  });
  if (request.background) {
    display.stdout(`Producing to ${run.topic} in the background. Stop it with %stop ${name}.\n`);
    return;
  }
  await follow(run, context);
}

/** `words_producer`, or `words_producer_2` while the first still runs. */
function freeName(context: CellContext, topic: string): string {
  const base = `${topic.replace(/[^A-Za-z0-9_]/g, '_')}_producer`;
  const taken = (name: string): boolean =>
    context.runtime.producers.get(name)?.progress().state === 'running';
  let name = base;
  for (let number = 2; taken(name); number++) name = `${base}_${number}`;
  return name;
}

async function follow(run: ProducerRun, { display, clock, signal }: CellContext): Promise<void> {
  const handle = display.show({ 'text/plain': progressText(run.progress()) });
  let shownAt = clock.now();
  const unsubscribe = run.onProgress(progress => {
    if (clock.now() - shownAt < UPDATE_MS || progress.state !== 'running') return;
    shownAt = clock.now();
    handle.update({ 'text/plain': progressText(progress) });
  });
  const stop = (): void => run.stop();
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  try {
    const end = await run.finished;
    handle.update({ 'text/plain': summary(run, end) });
    if (end.state === 'stopped') throw interrupted(acknowledged(run, end));
  } catch (error) {
    handle.update({ 'text/plain': summary(run, run.progress()) });
    throw withAcknowledged(error, run);
  } finally {
    unsubscribe();
    signal.removeEventListener('abort', stop);
  }
}

function acknowledged(run: ProducerRun, { sent }: ProduceProgress): string {
  return `the producer was stopped after ${formatPlural(sent, 'acknowledged record')} in ${run.topic}`;
}

/** A failed producer also says how much of its work is safe. */
function withAcknowledged(cause: unknown, run: ProducerRun): HeadraceError {
  const error = toHeadraceError(cause);
  if (error.code === 'HR_INTERRUPTED') return error;
  return new HeadraceError(error.code, error.message, {
    why: `${error.why === undefined ? '' : `${error.why}; `}${formatPlural(run.progress().sent, 'record')} acknowledged before that`,
    ...(error.next === undefined ? {} : { next: error.next }),
    cause
  });
}

function progressText(progress: ProduceProgress): string {
  const { sent, total, rate } = progress;
  const speed = `${formatCount(rate)} records/s`;
  if (total === null) return `${formatPlural(sent, 'record')}  ${speed}`;
  const left = rate > 0 ? `  ${formatDuration(((total - sent) / rate) * 1000)} left` : '';
  const done = `${formatCount(sent)} of ${formatPlural(total, 'record')}`;
  return `${formatBar(total === 0 ? 1 : sent / total)} ${done}  ${speed}${left}`;
}

function summary(run: ProducerRun, { sent, rate, seconds, state }: ProduceProgress): string {
  const verb = state === 'done' ? 'Produced' : 'Stopped after';
  const speed = seconds > 0 ? ` (${formatCount(rate)} records/s)` : '';
  return `${verb} ${formatPlural(sent, 'record')} to ${run.topic} in ${formatDuration(seconds * 1000)}${speed}.`;
}
