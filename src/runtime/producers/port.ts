import type { KafkaRecord } from '../kafka/port.ts';

/** A bounded source of records to produce. `total` is null where it is not known beforehand. */
export interface RecordSource {
  readonly total: number | null;
  /** The next records, at most `max`; empty at the end. */
  next(max: number): readonly KafkaRecord[] | Promise<readonly KafkaRecord[]>;
  /** Gives up what the source holds open; called once, at the end or after a stop. */
  close?(): Promise<void>;
}

export interface ProduceOptions {
  readonly name: string;
  readonly topic: string;
  readonly source: RecordSource;
  /** Records per second; null is as fast as the broker takes them. */
  readonly rate: number | null;
}

export interface ProduceProgress {
  /** Records acknowledged by the broker. */
  readonly sent: number;
  readonly total: number | null;
  /** Records per second, over the whole run. */
  readonly rate: number;
  readonly seconds: number;
  readonly state: 'running' | 'done' | 'stopped' | 'failed';
  readonly error: Error | null;
}

export interface ProducerRun {
  readonly name: string;
  readonly topic: string;
  progress(): ProduceProgress;
  onProgress(listener: (progress: ProduceProgress) => void): () => void;
  /** Resolves at the end, also after a stop; rejects when a send failed for good. */
  readonly finished: Promise<ProduceProgress>;
  /** Stops after the records in flight are acknowledged. */
  stop(): void;
}

export interface ProducerRegistry {
  start(options: ProduceOptions): Promise<ProducerRun>;
  list(): readonly ProducerRun[];
  get(name: string): ProducerRun | undefined;
}
