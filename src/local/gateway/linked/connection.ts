import { connect, type Socket } from 'node:net';
import path from 'node:path';
import { z } from 'zod';
import { REQUEST_FILE } from './files.ts';
import { readWholeSync } from '../../whole-file.ts';
import { onLines } from './lines.ts';

const requestSchema = z.object({ secret: z.string().min(1) });

/** A connection to a held process. */
export interface Connection {
  send(message: object): void;
  /** Closes it; `closed` resolves. */
  close(): void;
  /** Resolves when either side has closed, after the last line. Never rejects. */
  readonly closed: Promise<void>;
}

/**
 * Attaches to the process of a folder. Lines go to the listener as they come, first the snapshot. A
 * process that is not there any more is a connection that closes at once.
 */
export function attach(folder: string, port: number, listener: (line: string) => void): Connection {
  const socket = connect({ host: '127.0.0.1', port, noDelay: true });
  const secret = readWholeSync(path.join(folder, REQUEST_FILE), requestSchema)?.secret ?? '';
  onLines(socket, listener);
  const closed = new Promise<void>(resolve => socket.once('close', () => resolve()));
  socket.on('error', () => socket.destroy());
  socket.on('end', () => socket.destroy());
  const send = (message: object): void => sendLine(socket, message);
  send({ type: 'attach', secret });
  return { send, closed, close: () => void socket.destroy() };
}

function sendLine(socket: Socket, message: object): void {
  if (socket.writable) socket.write(`${JSON.stringify(message)}\n`);
}
