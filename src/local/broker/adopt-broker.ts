import { adoptGuarded } from '../guard/guarded-program.ts';
import { brokerAddress, brokerOf, type Broker, type BrokerOptions } from './broker.ts';
import { brokerFiles } from './broker-files.ts';
import { readBroker } from './broker-record.ts';
import { untilReady } from './readiness.ts';

/** A broker that runs answers in a second; one that was just starting may still take a while. */
const ANSWER_LIMIT_MS = 30_000;

/**
 * Takes hold of the broker that a killed daemon has left and resolves when a record has gone through
 * it. Null where there is none, it has another port than the user asks for now, or it does not
 * answer; one that does not answer is ended. Rejects with HR_INTERRUPTED only.
 */
export async function adoptBroker(options: BrokerOptions): Promise<Broker | null> {
  const { paths, port: asked, clock, signal } = options;
  const record = await readBroker(paths);
  if (record === null || (asked ?? record.port) !== record.port) return null;
  const program = await adoptGuarded(record.guard, paths.brokerPipe, clock);
  if (program === null) return null;
  try {
    await untilReady(brokerAddress(record.port), {
      program,
      files: brokerFiles(paths),
      limitMs: ANSWER_LIMIT_MS,
      clock,
      signal
    });
  } catch {
    await program.stop();
    signal.throwIfAborted();
    return null;
  }
  return brokerOf(program, record.port, paths);
}
