import { z } from 'zod';
import { HeadraceError } from '../shared/errors.ts';
import type { EnvironmentVariables } from './paths.ts';

/** Port of the local broker; a free one where unset. */
export const PORT_SETTING = 'HEADRACE_KAFKA_PORT';
/** How long the local stack stays when no notebook uses it. */
export const IDLE_SETTING = 'HEADRACE_IDLE_SECONDS';

/** How long the broker and the Spark sessions wait for a new stack when theirs was killed. */
export const ORPHAN_SETTING = 'HEADRACE_ORPHAN_SECONDS';

const DEFAULT_IDLE_SECONDS = 600;
const MAX_IDLE_SECONDS = 7 * 24 * 3600;
/** `spark-jobs/link/hold.py` has the same. */
const DEFAULT_ORPHAN_SECONDS = 120;
const MAX_ORPHAN_SECONDS = 24 * 3600;

/** What a user may set of the local stack. */
export interface StackSettings {
  /** How long the stack stays without a lease, milliseconds. */
  readonly idleMs: number;
  /** Port of the broker; any free one where undefined. */
  readonly kafkaPort: number | undefined;
  /** How long its processes outlive a daemon that was killed, seconds. */
  readonly orphanSeconds: number;
}

/** Reads the settings; throws HR_USAGE for a value that cannot be used. */
export function stackSettings(env: EnvironmentVariables): StackSettings {
  const idle = wholeNumber(env, IDLE_SETTING, MAX_IDLE_SECONDS) ?? DEFAULT_IDLE_SECONDS;
  return {
    idleMs: idle * 1000,
    kafkaPort: wholeNumber(env, PORT_SETTING, 65_535),
    orphanSeconds: wholeNumber(env, ORPHAN_SETTING, MAX_ORPHAN_SECONDS) ?? DEFAULT_ORPHAN_SECONDS
  };
}

function wholeNumber(env: EnvironmentVariables, name: string, limit: number): number | undefined {
  const text = env[name] ?? '';
  if (text === '') return undefined;
  const number = z.coerce.number().int().positive().max(limit).safeParse(text);
  if (number.success) return number.data;
  throw new HeadraceError('HR_USAGE', `${name}=${text} cannot be used`, {
    next: `Give a whole number from 1 to ${limit}, or unset it.`
  });
}
