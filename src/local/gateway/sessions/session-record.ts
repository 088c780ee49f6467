import { z } from 'zod';
import { createRequestSchema } from './create-request.ts';
import { RecordFolders, type RecordStore } from '../linked/record-store.ts';

/** What the next gateway has to know of a session. */
export const sessionRecordSchema = z.object({
  version: z.literal(1),
  id: z.int().nonnegative(),
  request: createRequestSchema,
  /** Who created it, where the server knows. */
  owner: z.string().nullable(),
  /** Epoch milliseconds. */
  createdAt: z.number(),
  /** Last call that Livy counts as activity, epoch milliseconds. */
  lastActivity: z.number()
});
export type SessionRecord = z.infer<typeof sessionRecordSchema>;

export type SessionStore = RecordStore<SessionRecord>;

/** Records of sessions on disk, one folder a session below the parent. */
export function sessionFolders(parent: string): SessionStore {
  return new RecordFolders(parent, 'session', sessionRecordSchema);
}
