import { z } from 'zod';
import type { LivyCapabilities, StatementOutput } from './port.ts';
import { SQL_TABLE_MIME, sqlTableSchema } from './sql-table.ts';

/** Rows that are brought back at most, as many as Livy's own `sql` kind gives. */
const ROW_LIMIT = 1_000;

/**
 * Whether SQL has to go by way of PySpark: Livy's `sql` kind loses fractions of seconds, digits of decimals
 * and the fact that rows were cut, and some targets have none (docs/adr/0012-one-livy-client.md).
 */
export function sqlIsWrapped({ kinds, sqlKind, richOutput }: LivyCapabilities): boolean {
  return kinds.includes('pyspark') && !(sqlKind && richOutput);
}

/**
 * Python that runs a SQL text and prints its table as one line of JSON, in the form of `SqlTable`. For
 * pyspark 2.4 to 4, whatever types it knows; intervals and what else Python cannot hold come as Spark's text.
 */
const PROGRAM = `
import base64, datetime, json, math
from pyspark.sql import functions as F, types as T

LARGEST = 2 ** 53

def named(name):
    return getattr(T, name, ())

AS_TEXT = tuple(
    kind for kind in map(named, ("YearMonthIntervalType", "DayTimeIntervalType", "CalendarIntervalType"))
    if kind != ()
)

def utc(value):
    zoned = datetime.datetime.fromtimestamp(value.timestamp(), datetime.timezone.utc)
    return zoned.replace(tzinfo=None, microsecond=value.microsecond).isoformat() + "Z"

def number(value):
    if math.isnan(value):
        return "NaN"
    return value if math.isfinite(value) else ("Infinity" if value > 0 else "-Infinity")

def cell(value, kind):
    if value is None:
        return None
    if isinstance(kind, T.DecimalType):
        return format(value, "f")
    if isinstance(kind, T.TimestampType):
        return utc(value)
    if isinstance(kind, T.BinaryType):
        return base64.b64encode(bytes(value)).decode()
    if isinstance(kind, T.StructType):
        return {f.name: cell(item, f.dataType) for f, item in zip(kind.fields, value)}
    if isinstance(kind, T.ArrayType):
        return [cell(item, kind.elementType) for item in value]
    if isinstance(kind, T.MapType):
        return {key(k, kind.keyType): cell(item, kind.valueType) for k, item in value.items()}
    if isinstance(kind, named("VariantType")):
        return json.loads(value.toJson())
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        return str(value) if abs(value) > LARGEST else value
    if isinstance(value, float):
        return number(value)
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    return value if isinstance(value, str) else str(value)

def key(value, kind):
    return value if isinstance(value, str) else str(cell(value, kind))

def readable(frame, fields):
    unique = frame.toDF(*["c%d" % n for n in range(len(fields))])
    text = lambda n, field: F.col("c%d" % n).cast("string" if isinstance(field.dataType, AS_TEXT) else field.dataType)
    return unique.select(*[text(n, field) for n, field in enumerate(fields)])

def table(text, limit):
    frame = spark.sql(text)
    fields = frame.schema.fields
    textual = any(isinstance(field.dataType, AS_TEXT) for field in fields)
    rows = (readable(frame, fields) if textual else frame).take(limit + 1) if fields else []
    return {
        "columns": [{"name": f.name, "type": f.dataType.simpleString()} for f in fields],
        "rows": [[cell(v, f.dataType) for v, f in zip(row, fields)] for row in rows[:limit]],
        "truncated": len(rows) > limit,
    }
`;

/** The statement that runs a SQL text by way of PySpark; it leaves no name behind in the session. */
export function wrapSql(text: string): string {
  const call = `print(json.dumps(table(text, ${ROW_LIMIT})))`;
  return `exec(${literal(`${PROGRAM}\n${call}\n`)}, {"spark": spark, "text": ${literal(text)}})`;
}

/** A text as a Python literal: every JSON string is one, once it has no half of a surrogate pair. */
function literal(text: string): string {
  return JSON.stringify(text.replace(/\p{Surrogate}/gu, '\ufffd'));
}

/** The output of such a statement as that of a SQL statement. */
export function readWrapped(output: StatementOutput): StatementOutput {
  if (output.status === 'error') return output;
  const printed = output.data['text/plain'];
  const table = typeof printed === 'string' ? tableLine(printed) : undefined;
  return table === undefined ? output : { ...output, data: { [SQL_TABLE_MIME]: table } };
}

/** The last line that is a table: other threads of the session may print as well. */
function tableLine(printed: string) {
  const lines = printed.split('\n').filter(line => line.startsWith('{"columns"'));
  return lines.map(line => lineSchema.safeParse(line).data).findLast(table => table !== undefined);
}

const lineSchema = z
  .string()
  .transform((line, context): unknown => {
    try {
      return JSON.parse(line);
    } catch {
      context.addIssue({ code: 'custom', message: 'is no JSON' });
      return z.NEVER;
    }
  })
  .pipe(sqlTableSchema);
