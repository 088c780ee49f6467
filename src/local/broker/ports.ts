import { createServer } from 'node:net';
import { HeadraceError } from '../../shared/errors.ts';

/** As many different free loopback ports as asked for. They are free now and may be taken a moment later. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(Array.from({ length: count }, () => listen(0)));
  const ports = servers.map(({ port }) => port);
  await Promise.all(servers.map(({ close }) => close()));
  return ports;
}

/** Whether a loopback port can be listened on now. */
export async function isFree(port: number): Promise<boolean> {
  const server = await listen(port).catch(() => null);
  await server?.close();
  return server !== null;
}

/** Rejects with HR_PORT when a port that the user asked for is taken. */
export async function requireFree(port: number, setting: string): Promise<void> {
  const server = await listen(port).catch((cause: unknown) => {
    throw portTaken(port, setting, cause);
  });
  await server.close();
}

/** The error for a port that another program has. */
export function portTaken(port: number, setting: string, cause?: unknown): HeadraceError {
  return new HeadraceError('HR_PORT', `Port ${port} of this machine cannot be used for Kafka`, {
    why: `${setting} asks for it and another program has it`,
    next: `End that program, or set ${setting} to another port, or to nothing for a free one.`,
    cause
  });
}

interface Listening {
  readonly port: number;
  readonly close: () => Promise<void>;
}

async function listen(port: number): Promise<Listening> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host: '127.0.0.1', exclusive: true }, resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    close: () => new Promise(resolve => server.close(() => resolve()))
  };
}
