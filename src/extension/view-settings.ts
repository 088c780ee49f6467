import { z } from 'zod';
import { DEFAULT_TICK_MS, MIN_TICK_MS } from '../shared/live-protocol.ts';

const MAX_TICK_MS = 2_000;

/** Settings of the user, see `schema/live.json`; a value that does not fit gives way to the default. */
export const viewSettingsSchema = z.object({
  /** Time between frames, milliseconds. */
  tickMs: z.number().min(MIN_TICK_MS).max(MAX_TICK_MS).catch(DEFAULT_TICK_MS),
  /** Views show their rows as a table at first. */
  asTable: z.boolean().catch(false)
});
export type ViewSettings = z.infer<typeof viewSettingsSchema>;

export const DEFAULT_SETTINGS: ViewSettings = viewSettingsSchema.parse({});
