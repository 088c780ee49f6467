"""Kafka topics as streaming tables: columns by format, and the records that do not parse."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql.types import StructType

from headrace.errors import StreamError, first_sentence
from headrace.kafka import Kafka
from headrace.spec import (
    CLICKSTREAM_SCHEMA,
    CLICKSTREAM_TIMES,
    ID_COLUMN,
    TIME_COLUMN,
    Source,
)

SAMPLE_RECORDS = 500
WATERMARK_DELAY = "1 minute"

_CORRUPT = "__hr_corrupt"
_REASONS = {
    "csv": "not a CSV record of these columns",
    "json": "not a JSON object of these fields",
}


@dataclass(frozen=True)
class Table:
    """A topic as a streaming table. ``dead`` is None for a format that takes every record."""

    rows: DataFrame
    dead: DataFrame | None


def _read(spark: SparkSession, kafka: Kafka, topic: str, starting: str) -> DataFrame:
    raw = (
        spark.readStream.format("kafka")
        .options(**kafka.source())
        .option("subscribe", topic)
        .option("startingOffsets", starting)
        .load()
    )
    place = F.concat_ws("-", "topic", F.col("partition").cast("string"), F.col("offset"))
    return raw.select(
        F.col("value").cast("string").alias("value"),
        F.col("timestamp").alias(TIME_COLUMN),
        place.alias(ID_COLUMN),
        "topic",
        "partition",
        "offset",
    )


def _parsed(raw: DataFrame, source: Source, schema: StructType) -> DataFrame:
    fields = ", ".join(f"`{field.name}` {field.dataType.simpleString()}" for field in schema.fields)
    read = F.from_csv if source.format in ("csv", "clickstream") else F.from_json
    options = {"mode": "PERMISSIVE", "columnNameOfCorruptRecord": _CORRUPT}
    record = read(F.col("value"), f"{fields}, {_CORRUPT} STRING", options)
    return raw.withColumn("record", record)


def _is_dead() -> F.Column:
    return F.col("record").isNull() | F.col(f"record.{_CORRUPT}").isNotNull()


def _columns(source: Source, schema: StructType) -> list[F.Column]:
    times = CLICKSTREAM_TIMES if source.format == "clickstream" else ()
    return [
        (
            F.timestamp_millis(F.col(f"record.`{field.name}`")).alias(field.name)
            if field.name in times
            else F.col(f"record.`{field.name}`")
        )
        for field in schema.fields
    ]


def open_table(spark: SparkSession, kafka: Kafka, source: Source, starting: str) -> Table:
    """The topic as a table with the hidden columns; the schema of the source must be known."""
    if source.format == "text":
        lines = _read(spark, kafka, source.topic, starting)
        return Table(lines.select("value", TIME_COLUMN, ID_COLUMN), None)
    schema = schema_of(source)

    def parsed() -> DataFrame:
        # Read anew for each use: real-time mode refuses to unite a source with itself.
        return _parsed(_read(spark, kafka, source.topic, starting), source, schema)

    rows = parsed().where(~_is_dead()).select(*_columns(source, schema), TIME_COLUMN, ID_COLUMN)
    return Table(rows, _dead_letters(parsed().where(_is_dead()), source))


def _dead_letters(records: DataFrame, source: Source) -> DataFrame:
    kind = "csv" if source.format == "clickstream" else source.format
    reason = F.when(F.col("value").isNull(), "no value").otherwise(_REASONS[kind])
    return records.select(
        F.col(ID_COLUMN).alias("key"),
        F.to_json(
            F.struct("topic", "partition", "offset", reason.alias("reason"), "value"),
            {"ignoreNullFields": "false"},
        ).alias("value"),
        F.array(
            _header("source-topic", F.col("topic")),
            _header("source-partition", F.col("partition")),
            _header("source-offset", F.col("offset")),
            _header("reason", reason),
        ).alias("headers"),
    )


def _header(name: str, value: F.Column) -> F.Column:
    return F.struct(F.lit(name).alias("key"), value.cast("string").cast("binary").alias("value"))


def schema_of(source: Source) -> StructType:
    """The columns of a source whose schema is given or fixed by its format."""
    ddl = CLICKSTREAM_SCHEMA if source.format == "clickstream" else source.schema
    if ddl is None:
        raise StreamError("HR_INTERNAL", f"The schema of {source.topic} is not resolved")
    try:
        return StructType.fromDDL(ddl)
    except Exception as error:
        raise StreamError(
            "HR_USAGE",
            f"The schema of {source.topic} is not valid",
            first_sentence(error),
            "Write it as column names with types, such as `ip STRING, n INT`.",
        ) from error


def resolve_schema(spark: SparkSession, kafka: Kafka, source: Source) -> Source:
    """The source with its schema, taken from a sample of the topic where none was given."""
    if source.format in ("text", "clickstream") or source.schema is not None:
        return source
    sample = _sample(spark, kafka, source.topic)
    texts = getattr(sample._jdf, "as")(spark._jvm.org.apache.spark.sql.Encoders.STRING())
    reader = spark._jsparkSession.read()
    inferred = (
        reader.option("inferSchema", "true").csv(texts)
        if source.format == "csv"
        else reader.json(texts)
    )
    schema = StructType.fromJson(json.loads(inferred.schema().json()))
    columns = [field for field in schema.fields if field.name != "_corrupt_record"]
    if not columns:
        raise StreamError(
            "HR_USAGE",
            f"The columns of {source.topic} cannot be inferred",
            f"none of its newest {SAMPLE_RECORDS} records is {source.format}",
            "Produce some records first, or give the columns with --schema.",
        )
    ddl = ", ".join(f"`{field.name}` {field.dataType.simpleString()}" for field in columns)
    return replace(source, schema=ddl)


def _sample(spark: SparkSession, kafka: Kafka, topic: str) -> DataFrame:
    records = (
        spark.read.format("kafka")
        .options(**kafka.source())
        .option("subscribe", topic)
        .option("failOnDataLoss", "false")
        .load()
    )
    newest = records.where("value IS NOT NULL").orderBy(F.desc("timestamp")).limit(SAMPLE_RECORDS)
    return newest.select(F.col("value").cast("string").alias("value"))
