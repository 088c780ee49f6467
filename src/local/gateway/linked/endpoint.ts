import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ENDPOINT_FILE } from './files.ts';
import { readWholeSync } from '../../whole-file.ts';
import { endpointSchema, type Endpoint } from './messages.ts';

/** Between two looks for the file, milliseconds. */
const LOOK_MS = 15;

/** Where the process of a folder listens, as soon as it says so; null when the signal comes first. */
export async function endpointOf(folder: string, signal: AbortSignal): Promise<Endpoint | null> {
  const file = path.join(folder, ENDPOINT_FILE);
  for (;;) {
    const endpoint = readWholeSync(file, endpointSchema);
    if (endpoint !== null || signal.aborted) return endpoint;
    await delay(LOOK_MS);
  }
}
