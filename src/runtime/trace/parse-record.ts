import type { ConsumedRecord } from '../kafka/port.ts';
import type { StreamSource } from '../streams/port.ts';
import { TIME_COLUMN } from '../../shared/names.ts';
import { columnsOfDdl, type DdlColumn } from './ddl.ts';
import { csvFields } from './csv-line.ts';

/** Columns of the clickstream, as `CLICKSTREAM_SCHEMA` in spark-jobs/headrace/spec.py has them. */
const CLICKSTREAM = columnsOfDdl('recordtime TIMESTAMP, eventid BIGINT, url STRING, ip STRING');
/** Types whose values are texts of their own making in a result. */
const NESTED = /^(?:STRUCT|ARRAY|MAP|BINARY|VARIANT|INTERVAL)/;

/** Values of a record by the names of their columns in lower case: Spark does not tell cases apart. */
export type Values = ReadonlyMap<string, unknown>;

/** How the records of one topic become columns. */
export interface RecordParser {
  /** Whether records may have the column, as a value that can be compared. */
  has(column: string): boolean;
  /** Null for a record that does not parse. */
  parse(record: ConsumedRecord): Values | null;
}

/** The parser for a topic of a stream, the same columns as spark-jobs/headrace/sources.py makes. */
export function recordParser(source: StreamSource): RecordParser {
  const columns = columnsOf(source);
  const comparable = columns
    ?.filter(({ type }) => !NESTED.test(type))
    .map(({ name }) => lower(name));
  const read = fieldsOf(source, columns);
  return {
    has: column => lower(column) === TIME_COLUMN || comparable?.includes(lower(column)) !== false,
    parse(record) {
      const fields = record.value === null && source.format !== 'text' ? null : read(record.value);
      if (fields === null) return null;
      const named = fields.map(([name, value]) => [lower(name), value] as const);
      return new Map<string, unknown>([...named, [TIME_COLUMN, record.timestamp]]);
    }
  };
}

type Fields = readonly (readonly [string, unknown])[];
type ReadFields = (text: string | null) => Fields | null;

/** Null where the schema was inferred in Spark and is not known here. */
function columnsOf({ format, schema }: StreamSource): readonly DdlColumn[] | null {
  if (format === 'text') return [{ name: 'value', type: 'STRING' }];
  if (format === 'clickstream') return CLICKSTREAM;
  return schema === undefined ? null : columnsOfDdl(schema);
}

function fieldsOf(source: StreamSource, columns: readonly DdlColumn[] | null): ReadFields {
  switch (source.format) {
    case 'text':
      return text => [['value', text]];
    case 'clickstream':
      return text => clickstreamFields(csvRow(text ?? '', columns));
    case 'csv':
      return text => csvRow(text ?? '', columns);
    case 'json':
      return text => jsonFields(text ?? '', columns);
  }
}

/** Spark calls columns `_c0`, `_c1`, … where it infers them; a record with too few or too many is dead. */
function csvRow(text: string, columns: readonly DdlColumn[] | null): Fields | null {
  const fields = csvFields(text);
  if (fields === null || (columns !== null && fields.length !== columns.length)) return null;
  return fields.map((field, index) => [columns?.[index]?.name ?? `_c${index}`, field]);
}

/** `recordtime` is epoch milliseconds already. */
function clickstreamFields(fields: Fields | null): Fields | null {
  return (
    fields?.map(([name, value]) => [name, name === 'recordtime' ? Number(value) : value]) ?? null
  );
}

function jsonFields(text: string, columns: readonly DdlColumn[] | null): Fields | null {
  const value = parsed(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const record = new Map<string, unknown>(Object.entries(value));
  if (columns === null) return [...record];
  return columns.map(({ name, type }) => [name, typed(record.get(name), type)]);
}

/** A JSON number in a column of type TIMESTAMP is seconds. */
function typed(value: unknown, type: string): unknown {
  if (typeof value === 'number' && type.startsWith('TIMESTAMP')) return value * 1_000;
  return value ?? null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function lower(name: string): string {
  return name.toLowerCase();
}
