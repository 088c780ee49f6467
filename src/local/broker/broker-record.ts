import { z } from 'zod';
import type { HeadracePaths } from '../paths.ts';
import { processIdentitySchema } from '../processes.ts';
import { readWhole, removeFile, writeWhole } from '../whole-file.ts';

const portSchema = z.int().positive().max(65_535);

const brokerSchema = z.object({
  version: z.literal(1),
  /** The process that guards the broker and ends with it. */
  guard: processIdentitySchema,
  /** Of the clients. */
  port: portSchema,
  /** Of the quorum of one. */
  controllerPort: portSchema
});

/** A broker that was started and not stopped: it runs, or it was killed. */
export type BrokerRecord = z.infer<typeof brokerSchema>;

/** The two loopback ports of a broker. */
export type BrokerPorts = Pick<BrokerRecord, 'port' | 'controllerPort'>;

/** Null where the last broker was stopped in good order, or the file cannot be used. */
export function readBroker(paths: HeadracePaths): Promise<BrokerRecord | null> {
  return readWhole(paths.brokerFile, brokerSchema);
}

export async function writeBroker(paths: HeadracePaths, record: BrokerRecord): Promise<void> {
  await writeWhole(paths.brokerFile, brokerSchema.parse(record));
}

/** Forgets the broker, and the pipe by which it was held. */
export async function removeBroker(paths: HeadracePaths): Promise<void> {
  await removeFile(paths.brokerFile);
  await removeFile(paths.brokerPipe);
}
