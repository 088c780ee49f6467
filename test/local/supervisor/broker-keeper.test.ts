import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Broker, BrokerOptions } from '../../../src/local/broker/broker.ts';
import { headracePaths } from '../../../src/local/paths.ts';
import { BrokerKeeper } from '../../../src/local/supervisor/broker-keeper.ts';
import { MAX_RESTARTS, RESTART_WINDOW_MS } from '../../../src/runtime/restart-limit.ts';
import { HeadraceError } from '../../../src/shared/errors.ts';
import { ManualClock } from '../../fakes/manual-clock.ts';

const ENDED = new HeadraceError('HR_PROCESS', 'Kafka ended', { why: 'it was killed' });

/** Brokers without processes, the newest last. */
class Brokers {
  readonly opened: { readonly end: () => void; stopped: boolean }[] = [];
  address = '127.0.0.1:9';
  refusal: HeadraceError | null = null;
  /** Waits until it is aborted, as a start may take a while. */
  slow = false;

  readonly open = async ({ signal }: BrokerOptions): Promise<Broker> => {
    if (this.slow) await new Promise(resolve => signal.addEventListener('abort', resolve));
    signal.throwIfAborted();
    if (this.refusal !== null) throw this.refusal;
    let end = (): void => undefined;
    const ended = new Promise<HeadraceError>(resolve => (end = () => resolve(ENDED)));
    const one = { end, stopped: false };
    this.opened.push(one);
    const stop = (): Promise<void> => {
      one.stopped = true;
      end();
      return Promise.resolve();
    };
    return { address: this.address, ended, stop };
  };
}

async function kept() {
  const clock = new ManualClock();
  const brokers = new Brokers();
  const log: string[] = [];
  const keeper = await BrokerKeeper.open({
    environment: { java: 'java', kafkaJars: '/jars' },
    paths: headracePaths({ HEADRACE_HOME: '/h', HEADRACE_RUN: '/r' }),
    orphanSeconds: 1,
    clock,
    signal: new AbortController().signal,
    log: line => void log.push(line),
    open: brokers.open
  });
  /** Ends the newest broker and lets the keeper see it. */
  const end = async (): Promise<void> => {
    brokers.opened.at(-1)?.end();
    await new Promise(resolve => setImmediate(resolve));
  };
  return { clock, brokers, keeper, log, end };
}

describe('BrokerKeeper', () => {
  it('starts a broker again that ended by itself, and says so', async () => {
    const { brokers, keeper, log, end } = await kept();
    await end();
    assert.equal(brokers.opened.length, 2);
    assert.equal(keeper.state, 'running');
    assert.deepEqual(log, ['Kafka ended (it was killed): it starts again']);
    await keeper.stop();
    assert.ok(brokers.opened[1]?.stopped);
    assert.equal(brokers.opened.length, 2);
  });

  it('gives up a broker that ends again and again within a while', async () => {
    const { clock, brokers, keeper, end } = await kept();
    for (let restart = 0; restart < MAX_RESTARTS; restart++) await end();
    await clock.advance(RESTART_WINDOW_MS);
    for (let restart = 0; restart < MAX_RESTARTS; restart++) await end();
    assert.equal(brokers.opened.length, 1 + 2 * MAX_RESTARTS);
    await end();
    const { code, message, why } = await keeper.gone;
    assert.deepEqual(
      [code, message, why],
      ['HR_PROCESS', 'Kafka ended again and again', 'it was killed']
    );
  });

  it('gives up with the reason when the broker cannot start again', async () => {
    const { brokers, keeper, end } = await kept();
    brokers.refusal = new HeadraceError('HR_DISK', 'No room');
    await end();
    assert.equal(await keeper.gone, brokers.refusal);
  });

  it('has no use for a broker on another address', async () => {
    const { brokers, keeper, end } = await kept();
    brokers.address = '127.0.0.1:10';
    await end();
    assert.equal((await keeper.gone).code, 'HR_PORT');
    assert.ok(brokers.opened[1]?.stopped);
  });

  it('ends a restart that is under way', async () => {
    const { brokers, keeper, end } = await kept();
    brokers.slow = true;
    await end();
    assert.equal(keeper.state, 'starting again');
    await keeper.stop();
    assert.equal(brokers.opened.length, 1);
  });
});
