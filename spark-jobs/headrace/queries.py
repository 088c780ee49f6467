"""From a stream's specification to the rows of its query."""

from __future__ import annotations

from dataclasses import dataclass

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from headrace.errors import sql_error
from headrace.event_time import window_columns, with_hidden_columns
from headrace.results import Result, as_result
from headrace.sources import WATERMARK_DELAY, Table, open_table
from headrace.spec import TIME_COLUMN, Source, StreamSpec


@dataclass(frozen=True)
class Query:
    """What a stream computes. ``dead`` are the records of all sources that do not parse."""

    result: Result
    dead: DataFrame | None


def build(
    spark: SparkSession, spec: StreamSpec, sources: tuple[Source, ...], starting: dict[str, str]
) -> Query:
    """Builds the query in a session of its own, where topics are tables."""
    tables = {
        source.topic: open_table(spark, spec.kafka, source, starting[source.topic])
        for source in sources
    }
    first = tables[sources[0].topic]
    if spec.kind == "wordcount":
        result = as_result(_word_count(first.rows), of_sql=False)
    elif spec.kind == "rows":
        result = as_result(first.rows, of_sql=False)
    else:
        result = _sql(spark, spec.text, tables)
    dead = [table.dead for table in tables.values() if table.dead is not None]
    united = dead[0] if dead else None
    for more in dead[1:]:
        united = united.union(more)
    return Query(result, united)


def _word_count(lines: DataFrame) -> DataFrame:
    words = lines.select(F.explode(F.split("value", r"\s+")).alias("word"), TIME_COLUMN)
    return (
        words.where("word != ''")
        .groupBy("word")
        .agg(F.count("*").alias("n"), F.max(TIME_COLUMN).alias(TIME_COLUMN))
    )


def _sql(spark: SparkSession, text: str, tables: dict[str, Table]) -> Result:
    windows = window_columns(text)
    for topic, table in tables.items():
        rows = table.rows
        for name, kind in rows.dtypes:
            if name.lower() in windows and kind == "timestamp":
                rows = rows.withWatermark(name, WATERMARK_DELAY)
        rows.createOrReplaceTempView(f"`{topic}`")
    try:
        return as_result(with_hidden_columns(spark, text), of_sql=True)
    except Exception as error:
        if type(error).__module__.startswith(("pyspark", "py4j")):
            raise sql_error(error) from error
        raise
