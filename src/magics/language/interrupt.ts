import { HeadraceError } from '../../shared/errors.ts';
import { isFinal } from '../../shared/stream-status.ts';
import type { CellContext } from '../contract.ts';

/** Runs a cell; when it ends by an interrupt, the error says what was stopped and what still runs. */
export async function withInterruptReport(
  context: CellContext,
  run: () => Promise<void>
): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (!(error instanceof HeadraceError) || error.code !== 'HR_INTERRUPTED') throw error;
    throw new HeadraceError('HR_INTERRUPTED', error.message, {
      next: await whatStillRuns(context),
      cause: error
    });
  }
}

async function whatStillRuns({ runtime }: CellContext): Promise<string> {
  const streams = runtime.endpoints === null ? [] : (await runtime.streams()).list();
  const names = [
    ...streams
      .filter(stream => !isFinal(stream.status().state))
      .map(({ name }) => `stream ${name}`),
    ...runtime.producers
      .list()
      .filter(producer => producer.progress().state === 'running')
      .map(({ name }) => `producer ${name}`)
  ];
  return names.length === 0
    ? 'No stream or producer of this notebook runs.'
    : `Still running: ${names.join(', ')}.`;
}
