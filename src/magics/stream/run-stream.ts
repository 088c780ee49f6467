import type { StreamHandle, StreamSpec } from '../../runtime/streams/port.ts';
import type { OnProgress } from '../../runtime/stack-port.ts';
import { HeadraceError, interrupted } from '../../shared/errors.ts';
import type { StreamStatus } from '../../shared/stream-status.ts';
import type { CellContext, LiveView } from '../contract.ts';
import { formatPlural } from '../output/format.ts';
import { withProgress } from '../output/progress.ts';
import { isBounded, waitForBounds, type Bounds } from './bounds.ts';
import { openView } from './open-view.ts';
import type { ViewRequest } from './view-request.ts';

/** A stream that is not live after this long has failed, whatever Spark says; a first start takes a few seconds. */
const LIVE_TIMEOUT_MS = 120_000;

export interface StreamCell {
  readonly spec: StreamSpec;
  readonly view: ViewRequest;
  readonly bounds: Bounds;
  /** Waits for the default bound although the client could go on. */
  readonly follow: boolean;
  /** Stops the query when the cell ends. */
  readonly stop: boolean;
}

interface Started {
  readonly stream: StreamHandle;
  readonly live: LiveView;
}

/** Starts a stream and its live view; a bounded cell waits for its bound and ends the view. */
export async function runStream(cell: StreamCell, context: CellContext): Promise<void> {
  const { stream, live } = await startStream(cell, context);
  if (endsView(cell, context)) await waitAndFinish(cell, stream, live, context);
}

/** Whether the cell waits, and its view ends with it. */
function endsView({ follow, stop, bounds }: StreamCell, { interactive }: CellContext): boolean {
  return !interactive || follow || stop || isBounded(bounds);
}

async function startStream(cell: StreamCell, context: CellContext): Promise<Started> {
  const { spec } = cell;
  const { runtime, signal } = context;
  const { admin } = await runtime.kafka();
  for (const { topic } of spec.sources) await admin.describeTopic(topic, signal);
  return withProgress(context, {
    title: `Starting the stream ${spec.name}`,
    work: onProgress => startWithView(cell, onProgress, context),
    summary: (_started, elapsed) => `Stream ${spec.name} is live after ${elapsed}.`
  });
}

/** The view is there before the first row, so that a person sees how far the start is. */
async function startWithView(
  cell: StreamCell,
  onProgress: OnProgress,
  context: CellContext
): Promise<Started> {
  const streams = await context.runtime.streams();
  const stream = await streams.start(cell.spec, onProgress, context.signal);
  const live = await openView(stream, cell.view, context).catch((error: unknown) =>
    withoutView(cell, stream, error, context)
  );
  onProgress({ label: 'waiting until it is live', fraction: null });
  try {
    await untilLive(stream, context);
  } catch (error) {
    const goesOn = context.signal.aborted && !endsView(cell, context);
    if (!goesOn) await live.finish();
    throw error;
  }
  return { stream, live };
}

/** A stream that runs and cannot be shown as was asked for: what it is called, and how it can be shown. */
async function withoutView(
  cell: StreamCell,
  { name }: StreamHandle,
  error: unknown,
  { runtime, signal }: CellContext
): Promise<never> {
  if (!(error instanceof HeadraceError) || error.code !== 'HR_USAGE') throw error;
  if (cell.stop) await (await runtime.streams()).stop([name], { purge: false }, signal);
  const state = cell.stop ? 'It is stopped.' : `The stream ${name} runs: %chart ${name} shows it.`;
  const next = [error.next, state].filter(part => part !== undefined).join(' ');
  const { message, why } = error;
  throw new HeadraceError('HR_USAGE', message, { next, ...(why === undefined ? {} : { why }) });
}

/** Resolves when the stream is live; the listener ends the wait, the clock only limits it. */
async function untilLive(stream: StreamHandle, { clock, signal }: CellContext): Promise<void> {
  const done = new AbortController();
  const settled = (status: StreamStatus): void => {
    if (status.state !== 'planned' && status.state !== 'starting') done.abort();
  };
  const unsubscribe = stream.onStatus(settled);
  settled(stream.status());
  const limit = AbortSignal.any([done.signal, signal]);
  const timedOut = await clock.sleep(LIVE_TIMEOUT_MS, limit).then(
    () => true,
    () => false
  );
  unsubscribe();
  if (signal.aborted) throw interrupted(`the stream ${stream.name} was started and goes on`);
  if (timedOut && !done.signal.aborted) throw notLive(stream);
  requireRunning(stream);
}

function notLive(stream: StreamHandle): HeadraceError {
  return new HeadraceError('HR_TIMEOUT', `The stream ${stream.name} is not live after 2 minutes`, {
    why: stream.status().reason || 'Spark has not said why',
    next: `Look at %status, or stop it with %stop ${stream.name}.`
  });
}

/** @throws HR_STREAM_FAILED with Spark's reason */
function requireRunning(stream: StreamHandle): void {
  const { state, reason } = stream.status();
  if (state !== 'failed') return;
  throw new HeadraceError('HR_STREAM_FAILED', `The stream ${stream.name} failed`, { why: reason });
}

async function waitAndFinish(
  cell: StreamCell,
  stream: StreamHandle,
  live: LiveView,
  context: CellContext
): Promise<void> {
  try {
    const reason = await waitForBounds(stream, cell.bounds, context);
    if (cell.stop) await stream.stop(context.signal);
    context.display.stdout(endText(cell, live.rows, reason));
  } finally {
    await live.finish();
  }
  requireRunning(stream);
}

function endText({ spec, stop }: StreamCell, rows: number, reason: string): string {
  const what = stop ? 'The stream is stopped' : `The stream runs on; %stop ${spec.name} ends it`;
  return `${formatPlural(rows, 'result row')} in ${spec.name}: ${reason}. ${what}.\n`;
}
