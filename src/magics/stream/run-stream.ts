import type { StreamHandle, StreamSpec } from '../../runtime/streams/port.ts';
import { HeadraceError, interrupted } from '../../shared/errors.ts';
import type { StreamStatus } from '../../shared/stream-status.ts';
import type { CellContext, LiveView } from '../contract.ts';
import { formatPlural } from '../output/format.ts';
import { withProgress } from '../output/progress.ts';
import { isBounded, waitForBounds, type Bounds } from './bounds.ts';
import { viewFor, type ViewRequest } from './view-for.ts';

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

/** Starts a stream and its live view; a bounded cell waits for its bound and ends the view. */
export async function runStream(cell: StreamCell, context: CellContext): Promise<void> {
  const stream = await startStream(cell.spec, context);
  const view = viewFor(stream, cell.view);
  await context.runtime.rememberView(view);
  const live = context.views.open(view, stream, context.display);
  const bounded = !context.interactive || cell.follow || cell.stop || isBounded(cell.bounds);
  if (bounded) await waitAndFinish(cell, stream, live, context);
}

async function startStream(spec: StreamSpec, context: CellContext): Promise<StreamHandle> {
  const { runtime, signal } = context;
  const { admin } = await runtime.kafka();
  for (const { topic } of spec.sources) await admin.describeTopic(topic, signal);
  const streams = await runtime.streams();
  return withProgress(context, {
    title: `Starting the stream ${spec.name}`,
    work: async onProgress => {
      const stream = await streams.start(spec, onProgress, signal);
      onProgress({ label: 'waiting until it is live', fraction: null });
      await untilLive(stream, context);
      return stream;
    },
    summary: (_stream, elapsed) => `Stream ${spec.name} is live after ${elapsed}.`
  });
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
