import type { Clock } from '../src/runtime/clock.ts';
import { createRandom } from '../src/runtime/producers/random.ts';
import type { RecordSource } from '../src/runtime/producers/port.ts';

export interface WordSourceOptions {
  readonly total: number;
  readonly clock: Clock;
  /** Called with each word and its time before it is sent. */
  readonly onWord?: (word: string, time: number) => void;
}

/** As many different words as a page of text has. */
const DIFFERENT_WORDS = 200;

/** One random word a record, stamped with the time at which it is handed to the producer. */
export function wordSource({ total, clock, onWord }: WordSourceOptions): RecordSource {
  const random = createRandom(1);
  let made = 0;
  return {
    total,
    next(max) {
      const length = Math.min(max, total - made);
      made += length;
      const timestamp = clock.now();
      return Array.from({ length }, () => {
        const value = `word${random.below(DIFFERENT_WORDS)}`;
        onWord?.(value, timestamp);
        return { value, timestamp };
      });
    }
  };
}

/** Records of one size, made once, so that only sending is measured. */
export function fixedSource(total: number, bytes: number): RecordSource {
  const record = { value: 'x'.repeat(bytes) };
  let made = 0;
  return {
    total,
    next(max) {
      const length = Math.min(max, total - made);
      made += length;
      return Array.from({ length }, () => record);
    }
  };
}
