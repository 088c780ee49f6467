import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { HeadraceError } from '../shared/errors.ts';

const port = z.number().int().min(0).max(65_535);

/** What a client writes for the kernel it starts; https://jupyter-client.readthedocs.io/en/stable/kernels.html#connection-files */
const connectionFileSchema = z.object({
  transport: z.enum(['tcp', 'ipc']).default('tcp'),
  ip: z.string(),
  key: z.string(),
  signature_scheme: z
    .string()
    .regex(/^hmac-[a-z0-9-]+$/)
    .default('hmac-sha256'),
  shell_port: port,
  control_port: port,
  iopub_port: port,
  stdin_port: port,
  hb_port: port
});
export type ConnectionFile = z.infer<typeof connectionFileSchema>;

/** Reads and checks a connection file. Rejects with HR_FILE. */
export async function readConnectionFile(path: string): Promise<ConnectionFile> {
  try {
    return connectionFileSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (cause) {
    throw new HeadraceError('HR_FILE', `The connection file ${path} cannot be used`, {
      why: 'it is missing or is not a Jupyter connection file',
      next: 'Start the kernel through Jupyter.',
      cause
    });
  }
}

/** The ZeroMQ address of one of the five sockets. */
export function endpoint(connection: ConnectionFile, portNumber: number): string {
  return connection.transport === 'ipc'
    ? `ipc://${connection.ip}-${portNumber}`
    : `tcp://${connection.ip}:${portNumber}`;
}
