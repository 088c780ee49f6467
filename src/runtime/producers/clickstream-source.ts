import type { Clock } from '../clock.ts';
import type { KafkaRecord } from '../kafka/port.ts';
import type { RecordSource } from './port.ts';
import { createRandom } from './random.ts';

/** How many different pages and visitors there are: 0 to 254 of each. */
const DISTINCT = 255;

export interface ClickstreamOptions {
  /** Records in all. */
  readonly count: number;
  /** The same seed gives the same pages and visitors in the same order; only `recordtime` follows the clock. */
  readonly seed: number;
  readonly clock: Clock;
}

/** Random visits of web pages as CSV `recordtime,eventid,url,ip`, keyed by the visitor's address. */
export function createClickstreamSource(options: ClickstreamOptions): RecordSource {
  const random = createRandom(options.seed);
  let eventId = 0;
  const record = (timestamp: number): KafkaRecord => {
    const ip = `192.168.2.${random.below(DISTINCT)}`;
    const url = `www.amazon${random.below(DISTINCT)}.com`;
    return { key: ip, value: `${timestamp},${eventId++},${url},${ip}`, timestamp };
  };
  return {
    total: options.count,
    next(max) {
      const timestamp = options.clock.now();
      const length = Math.min(max, options.count - eventId);
      return Array.from({ length }, () => record(timestamp));
    }
  };
}
