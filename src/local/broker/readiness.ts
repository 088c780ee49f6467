import { HeadraceError } from '../../shared/errors.ts';
import type { Clock } from '../../runtime/clock.ts';
import { createKafka } from '../../runtime/kafka/client.ts';
import type { GuardedProgram } from '../guard/guarded-program.ts';
import type { BrokerFiles } from './broker-files.ts';
import { sendCanary } from './canary.ts';
import { brokerFailure, brokerFault, lastLines } from './failure.ts';

export interface ReadinessOptions {
  readonly program: GuardedProgram;
  readonly files: BrokerFiles;
  /** How long the broker may take, milliseconds. */
  readonly limitMs: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/**
 * Resolves when a record has gone through the broker. Rejects with the reason from its logs when it
 * ends before, HR_TIMEOUT or HR_INTERRUPTED.
 */
export async function untilReady(address: string, options: ReadinessOptions): Promise<void> {
  const { program, files, limitMs, clock, signal } = options;
  const died = new AbortController();
  void program.ended.then(() => died.abort());
  const late = AbortSignal.timeout(limitMs);
  const kafka = createKafka({ brokers: [address], clientId: 'headrace-canary', clock });
  try {
    await sendCanary(kafka, { clock, signal: AbortSignal.any([signal, died.signal, late]) });
  } catch (error) {
    signal.throwIfAborted();
    if (died.signal.aborted) throw await brokerEnd('Kafka ended while it started', files);
    if (late.aborted) throw await tooLate(limitMs, files);
    throw error;
  } finally {
    await kafka.close().catch(() => undefined);
  }
}

/** Why a broker has ended, from what it wrote last. */
export async function brokerEnd(what: string, files: BrokerFiles): Promise<HeadraceError> {
  const [said, logged] = await Promise.all([lastLines(files.output), lastLines(files.log)]);
  const lines = brokerFault(said) === 'other' ? [...said, ...logged] : said;
  return brokerFailure(what, lines, files.log);
}

async function tooLate(limitMs: number, files: BrokerFiles): Promise<HeadraceError> {
  return new HeadraceError('HR_TIMEOUT', `Kafka was not ready after ${limitMs / 1000} s`, {
    why: 'the machine is very busy, or the broker hangs',
    next: `Run %provision local again. The log is ${files.log}.`,
    traceback: await lastLines(files.log)
  });
}
