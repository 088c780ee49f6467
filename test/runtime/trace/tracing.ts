import type { KafkaRecord } from '../../../src/runtime/kafka/port.ts';
import type { StreamSource, StreamSpec } from '../../../src/runtime/streams/port.ts';
import type { TraceRequest } from '../../../src/runtime/trace/request.ts';
import { traceRow } from '../../../src/runtime/trace/trace-row.ts';
import type { SourceRecords } from '../../../src/shared/source-record.ts';
import type { Cell, Column, ViewSpec } from '../../../src/shared/view.ts';
import { ManualClock } from '../../fakes/manual-clock.ts';
import { MemoryKafka } from '../../fakes/memory-kafka.ts';
import { viewOf } from '../../fakes/views.ts';

/** Topics in memory with records, and a clock that stands still. */
export class Tracing {
  readonly kafka = new MemoryKafka();
  readonly clock = new ManualClock();
  readonly abort = new AbortController();

  /** Creates the topic where it does not exist, and writes to it. */
  async produce(topic: string, records: readonly KafkaRecord[], partitions = 1): Promise<void> {
    if (!this.kafka.topics.has(topic))
      await this.kafka.admin.createTopics([{ name: topic, partitions }]);
    await (await this.kafka.producer()).send(topic, records);
  }

  trace(request: TraceRequest): Promise<SourceRecords> {
    const { kafka, clock, abort } = this;
    return traceRow(request, { kafka, clock, signal: abort.signal });
  }
}

/** Records one millisecond apart. */
export function lines(...values: readonly (string | null)[]): KafkaRecord[] {
  return values.map((value, timestamp) => ({ value, timestamp }));
}

export interface Asked {
  readonly sql?: string;
  readonly kind?: 'rows' | 'wordcount';
  readonly sources?: readonly StreamSource[];
  readonly from?: StreamSpec['from'];
  readonly columns: Readonly<Record<string, Column['type']>>;
  /** Absent for a stream that is not aggregated. */
  readonly keys?: readonly string[];
  readonly view?: Partial<ViewSpec>;
  readonly row: Readonly<Record<string, Cell>>;
  readonly recordKey?: string;
}

const CLICKS: StreamSource = { topic: 'clicks', format: 'clickstream' };

/** A request for a row of a table of the stream, unless another view is asked for. */
export function asked({ sql, kind = 'rows', keys, row, ...more }: Asked): TraceRequest {
  const { sources = [CLICKS], from = 'earliest', view = {}, recordKey = null } = more;
  const columns = Object.entries(more.columns).map(([name, type]) => ({ name, type }));
  const query = sql === undefined ? { kind } : { kind: 'sql' as const, text: sql };
  return {
    view: viewOf({ kind: 'table', columns, category: null, values: [], ...view }),
    stream: {
      spec: { name: 's', sources, query, from, mode: 'adaptive', maxRealTimeRate: 1_000 },
      columns,
      keys: keys ?? [],
      aggregated: keys !== undefined
    },
    row,
    labels: {},
    recordKey
  };
}

/** What was found, shortly. */
export function offsetsOf({ records }: SourceRecords): string[] {
  return records.map(({ offset }) => offset);
}
