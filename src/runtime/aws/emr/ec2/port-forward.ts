import { HeadraceError, toHeadraceError } from '../../../../shared/errors.ts';
import { abortable } from '../../../abortable.ts';
import type { Clock } from '../../../clock.ts';
import { RestartLimit } from '../../../restart-limit.ts';
import type { SsmSend } from './operations.ts';
import type { Program, StartProgram } from './program.ts';
import { requirePlugin, startPlugin, type PluginSession } from './session-plugin.ts';

export interface PortForwardOptions {
  readonly ssm: SsmSend;
  readonly start: StartProgram;
  readonly clock: Clock;
  readonly region: string;
  /** `i-…`; asked for again when the forward is opened again, because a cluster replaces its nodes. */
  readonly instance: (signal: AbortSignal) => Promise<string>;
  /** Port at the instance. */
  readonly port: number;
  /** Address of Systems Manager where it is not the one of AWS. */
  readonly endpoint?: string;
  /** Told when the forward has died and is opened again, and why. */
  readonly onReopen?: (why: string) => void;
}

/** A port of this machine that leads to a port of an instance. */
export interface PortForward {
  /** The same all its life. */
  readonly port: number;
  /** Resolves when it is closed, or with the error after which it is not opened again. */
  readonly ended: Promise<HeadraceError | null>;
  close(): Promise<void>;
}

/** One session, from its opening to its end. */
interface Session {
  readonly id: string;
  readonly port: number;
  readonly program: Program;
}

const DOCUMENT = 'AWS-StartPortForwardingSession';
/** The plugin chooses a port that is free. */
const ANY_PORT = 0;
/** What the plugin says when it listens: `Port 41234 opened for sessionId …`. */
const LISTENING = /^Port (\d+) opened/;
const SAID_LINES = 50;
const OPEN_LIMIT_MS = 30_000;
const REOPEN_PAUSE_MS = 1_000;

/**
 * Opens a port forward through AWS Session Manager, and opens it again on the same port when it dies, a few times within
 * ten minutes. Rejects with HR_PROCESS without the plugin, HR_AWS_REFUSED, and HR_ENVIRONMENT where the instance does not
 * answer. https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-working-with-sessions-start.html
 */
export async function openPortForward(
  options: PortForwardOptions,
  signal: AbortSignal
): Promise<PortForward> {
  await requirePlugin(options.start);
  const closing = new AbortController();
  const first = await openSession(options, ANY_PORT, AbortSignal.any([signal, closing.signal]));
  const ended = keep(options, first, closing.signal);
  return {
    port: first.port,
    ended,
    async close() {
      closing.abort();
      await ended;
    }
  };
}

/** Lives as long as the forward. */
async function keep(
  options: PortForwardOptions,
  first: Session,
  closing: AbortSignal
): Promise<HeadraceError | null> {
  const limit = new RestartLimit(options.clock);
  const isClosed = (): boolean => closing.aborted;
  let session = first;
  for (;;) {
    const why = await endOf(options, session, closing);
    if (isClosed()) return null;
    if (!limit.take()) return died(session.port, why);
    options.onReopen?.(why);
    try {
      await options.clock.sleep(REOPEN_PAUSE_MS, closing);
      session = await openSession(options, first.port, closing);
    } catch (error) {
      return isClosed() ? null : toHeadraceError(error);
    }
  }
}

/** Why the plugin has ended; ends it when the forward is closed. */
async function endOf(
  options: PortForwardOptions,
  session: Session,
  closing: AbortSignal
): Promise<string> {
  const stop = (): void => void session.program.stop();
  if (closing.aborted) stop();
  else closing.addEventListener('abort', stop, { once: true });
  const code = await session.program.ended;
  closing.removeEventListener('abort', stop);
  await terminate(options, session.id);
  return code === null ? 'its plugin was killed' : `its plugin ended with status ${code}`;
}

async function openSession(
  options: PortForwardOptions,
  localPort: number,
  signal: AbortSignal
): Promise<Session> {
  const { ssm, region } = options;
  const request = {
    Target: await options.instance(signal),
    DocumentName: DOCUMENT,
    Parameters: { portNumber: [String(options.port)], localPortNumber: [String(localPort)] }
  };
  const response = await ssm('StartSession', request, signal);
  const id = response.SessionId ?? '';
  try {
    const endpoint = options.endpoint ?? `https://ssm.${region}.amazonaws.com`;
    return { id, ...(await opened(options, { region, request, response, endpoint }, signal)) };
  } catch (error) {
    await terminate(options, id);
    throw error;
  }
}

/** The plugin, once it listens; it is stopped where it does not come to that. */
async function opened(
  { start, clock }: PortForwardOptions,
  session: PluginSession,
  signal: AbortSignal
): Promise<{ readonly port: number; readonly program: Program }> {
  const said: string[] = [];
  let listens: (port: number) => void = () => undefined;
  const port = new Promise<number>(resolve => (listens = resolve));
  const program = await startPlugin(start, session, line => {
    if (said.length < SAID_LINES) said.push(line);
    const found = LISTENING.exec(line)?.[1];
    if (found !== undefined) listens(Number(found));
  });
  const giveUp = new AbortController();
  const limit = clock.sleep(OPEN_LIMIT_MS, giveUp.signal).catch(() => undefined);
  try {
    const failed = Promise.race([program.ended, limit]).then(() => Promise.reject(silent(said)));
    return {
      port: await abortable(Promise.race([port, failed]), signal, 'opening the tunnel'),
      program
    };
  } catch (error) {
    await program.stop();
    throw error;
  } finally {
    giveUp.abort();
  }
}

function silent(said: readonly string[]): HeadraceError {
  const last = said.findLast(line => line.trim() !== '');
  return new HeadraceError(
    'HR_ENVIRONMENT',
    'The instance does not answer through Session Manager',
    {
      ...(last === undefined ? {} : { why: last.trim().replace(/\.$/, '') }),
      next: 'Its role needs AmazonSSMManagedInstanceCore, and its network a way to Systems Manager.'
    }
  );
}

/** Sessions end by themselves when their plugin is gone, after a while; this is sooner. */
async function terminate({ ssm }: PortForwardOptions, id: string): Promise<void> {
  if (id === '') return;
  await ssm('TerminateSession', { SessionId: id }).catch(() => undefined);
}

function died(port: number, why: string): HeadraceError {
  return new HeadraceError('HR_PROCESS', `The port forward on port ${port} has died too often`, {
    why,
    next: 'Check the network and the AWS credentials, and run the cell again.'
  });
}
