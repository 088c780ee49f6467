import { shownValue, type SourceRecord, type SourceRecords } from '../../shared/source-record.ts';
import type { Clock } from '../clock.ts';
import type { ConsumedRecord, KafkaPort, KafkaReader } from '../kafka/port.ts';
import { howFar, listed } from './notes.ts';
import { planSearch, type Search } from './plan-search.ts';
import { recordPlace, type RecordPlace } from './record-id.ts';
import type { TraceRequest } from './request.ts';
import { searchBack } from './search-back.ts';

/** What a trace works with. */
export interface TraceTools {
  readonly kafka: KafkaPort;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/**
 * The Kafka records behind a row of a view, newest first: the very record where the row's result names it, else
 * those of the newest records whose columns are what the row says. The note tells what was not
 * compared or not looked at. Rejects with HR_INTERRUPTED at once when the signal is aborted, and with the
 * errors of Kafka.
 */
export async function traceRow(request: TraceRequest, tools: TraceTools): Promise<SourceRecords> {
  const { stream, recordKey } = request;
  const place =
    stream.aggregated || recordKey === null ? null : recordPlace(stream.spec, recordKey);
  if (place !== null) return await traceRecord(place, tools);
  const plan = planSearch(request);
  return 'refusal' in plan ? nothing(plan.refusal) : await traceSearch(plan, tools);
}

async function traceRecord(place: RecordPlace, tools: TraceTools): Promise<SourceRecords> {
  const { topic, partition, offset } = place;
  const lost = 'The record is no longer in its topic.';
  const answer = await withReader(await existing([topic], tools), tools, async reader => {
    const range = { from: offset, to: offset + 1n };
    if (!reader.partitions.some(one => one.partition === partition)) return nothing(lost);
    const records = await reader.read(topic, partition, range, tools.signal);
    return { records: shown(records), searched: 1, note: records.length === 0 ? lost : '' };
  });
  return answer ?? nothing(lost);
}

async function traceSearch(search: Search, tools: TraceTools): Promise<SourceRecords> {
  const topics = await existing(search.topics, tools);
  const gone = search.topics.filter(topic => !topics.includes(topic));
  const missing = gone.length === 0 ? [] : [`No longer there: the topic ${listed(gone)}.`];
  const found = await withReader(topics, tools, reader =>
    searchBack(reader, record => search.matches(record), tools)
  );
  if (found === null) return nothing(missing.join(' '));
  const notes = [
    ...missing,
    ...search.notes,
    ...howFar(found),
    ...(found.records.length > 0 ? search.caveats : [])
  ];
  return { records: shown(found.records), searched: found.searched, note: notes.join(' ') };
}

async function existing(
  topics: readonly string[],
  { kafka, signal }: TraceTools
): Promise<readonly string[]> {
  const all = await kafka.admin.listTopics(signal);
  return topics.filter(topic => all.includes(topic));
}

/** Null where none of the topics exists. */
async function withReader<Result>(
  topics: readonly string[],
  { kafka, signal }: TraceTools,
  work: (reader: KafkaReader) => Promise<Result>
): Promise<Result | null> {
  if (topics.length === 0) return null;
  const reader = await kafka.reader(topics, signal);
  try {
    return await work(reader);
  } finally {
    await reader.close();
  }
}

function nothing(note: string): SourceRecords {
  return { records: [], searched: 0, note };
}

function shown(records: readonly ConsumedRecord[]): SourceRecord[] {
  return records.map(({ topic, partition, offset, timestamp, key, value }) => ({
    topic,
    partition,
    offset: String(offset),
    timestamp,
    key: shownValue(key),
    value: shownValue(value)
  }));
}
