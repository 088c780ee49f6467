"""The rows of a query as records of its results topic, and that topic as a table for SQL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql.types import (
    DataType,
    DateType,
    LongType,
    NumericType,
    StructField,
    StructType,
    TimestampNTZType,
    TimestampType,
)

from headrace.errors import StreamError
from headrace.kafka import Kafka
from headrace.spec import ID_COLUMN, TIME_COLUMN

_MIB = 1_048_576
# Settings of topics that a managed Kafka takes as well.
_EVERYWHERE = ("cleanup.policy", "retention.bytes")
_HIDDEN = (TIME_COLUMN, ID_COLUMN)
_AGGREGATES = ("Aggregate", "Distinct", "Deduplicate", "DeduplicateWithinWatermark")


@dataclass(frozen=True)
class Result:
    """A query's result: what is shown, and what tells its rows apart."""

    rows: DataFrame
    columns: tuple[StructField, ...]
    keys: tuple[str, ...]
    aggregated: bool

    def described(self) -> list[dict[str, str]]:
        """Columns with the three types that views know."""
        return [{"name": one.name, "type": view_type(one.dataType)} for one in self.columns]


def view_type(data_type: DataType) -> str:
    """``time``, ``number`` or ``text``."""
    if isinstance(data_type, (TimestampType, TimestampNTZType, DateType)):
        return "time"
    return "number" if isinstance(data_type, NumericType) else "text"


def _is_window(data_type: DataType) -> bool:
    return isinstance(data_type, StructType) and data_type.fieldNames() == ["start", "end"]


def as_result(rows: DataFrame, of_sql: bool) -> Result:
    """Checks the rows of a query and finds the columns that tell them apart.

    A time window is shown by its start, which is what a person plots.
    """
    names = [name for name in rows.columns if name not in _HIDDEN]
    if not rows.isStreaming:
        raise StreamError(
            "HR_SQL", "The query reads no topic", None, "Name a topic in its FROM clause."
        )
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise StreamError(
            "HR_SQL", f"Two columns are named {twice}", None, "Give each a name of its own with AS."
        )
    aggregated, keys = _keys(rows, names)
    flat = rows.select(
        *[
            F.col(f"`{one.name}`.start").alias(one.name)
            if _is_window(one.dataType)
            else F.col(f"`{one.name}`")
            for one in rows.schema.fields
        ]
    )
    columns = tuple(one for one in flat.schema.fields if one.name not in _HIDDEN)
    if of_sql and not aggregated:
        flat = _with_row_id(flat, names)
    return Result(flat, columns, tuple(keys), aggregated)


def _with_row_id(rows: DataFrame, names: list[str]) -> DataFrame:
    """An id for each row: one record may give several rows, which its own id cannot tell apart."""
    content = F.to_json(F.struct(*[F.col(f"`{name}`") for name in names]))
    if ID_COLUMN not in rows.columns:
        return rows.withColumn(ID_COLUMN, F.expr("uuid()"))
    own = F.concat_ws("-", F.col(ID_COLUMN), F.hex(F.xxhash64(content)))
    return rows.withColumn(ID_COLUMN, own)


def _plans(plan: Any) -> list[Any]:
    children = [plan.children().apply(index) for index in range(plan.children().size())]
    return [plan, *[below for child in children for below in _plans(child)]]


def _is(node: Any, *names: str) -> bool:
    return node.getClass().getSimpleName() in names


def _expressions(sequence: Any) -> list[Any]:
    return [sequence.apply(index) for index in range(sequence.size())]


def _keys(rows: DataFrame, names: list[str]) -> tuple[bool, list[str]]:
    """Whether the rows are aggregated, and the columns among ``names`` that they are grouped by."""
    plan = rows._jdf.queryExecution().analyzed()
    stateful = [one for one in _plans(plan) if _is(one, *_AGGREGATES) and one.isStreaming()]
    if not stateful:
        return False, []
    top = stateful[0]
    if not _is(top, "Aggregate"):
        return True, names
    grouping = _expressions(top.groupingExpressions())
    ids = {}
    for output in _expressions(top.aggregateExpressions()):
        value = output.child() if _is(output, "Alias") else output
        # The start of a window tells windows apart as well as the window itself.
        whole = value.child() if _is(value, "GetStructField") else value
        for number, expression in enumerate(grouping):
            if whole.semanticEquals(expression):
                ids[output.exprId().toString()] = number
    shown = _pass_up(plan, top, ids)
    found = [name for name, expr_id in _output_ids(plan) if name in names and expr_id in shown]
    if {shown[expr_id] for _, expr_id in _output_ids(plan) if expr_id in shown} != set(
        range(len(grouping))
    ):
        raise StreamError(
            "HR_SQL",
            "A grouping column is missing in the SELECT list",
            "its rows could not be told apart",
            "Select every column of GROUP BY.",
        )
    return True, found


def _output_ids(plan: Any) -> list[tuple[str, str]]:
    return [(one.name(), one.exprId().toString()) for one in _expressions(plan.output())]


def _pass_up(plan: Any, top: Any, ids: dict[str, int]) -> dict[str, int]:
    """The ids of grouping columns, also where a SELECT above the aggregation renames them."""
    known = dict(ids)
    for one in reversed(_plans(plan)):
        if not _is(one, "Project"):
            continue
        for output in _expressions(one.projectList()):
            if not _is(output, "Alias"):
                continue
            value = output.child()
            value = value.child() if _is(value, "GetStructField") else value
            if _is(value, "AttributeReference"):
                number = known.get(value.exprId().toString())
                if number is not None:
                    known[output.exprId().toString()] = number
    return known


def as_records(result: Result) -> DataFrame:
    """Key and value of each row as the results topic holds them: JSON, times in epoch ms."""
    rows = result.rows
    value = [_as_json_value(one).alias(one.name) for one in result.columns]
    if TIME_COLUMN in rows.columns:
        value.append(F.unix_millis(TIME_COLUMN).alias(TIME_COLUMN))
    key = _key_json(result) if result.aggregated else F.col(ID_COLUMN)
    return rows.select(
        key.alias("key"), F.to_json(F.struct(*value), {"ignoreNullFields": "false"}).alias("value")
    )


def results_settings(result: Result, kafka: Kafka) -> dict[str, str]:
    """Settings of the results topic: the newest row of each key for ever, or the newest rows."""
    kept = (
        {"cleanup.policy": "compact", "min.cleanable.dirty.ratio": "0.2"}
        if result.aggregated
        else {"cleanup.policy": "delete", "retention.bytes": str(64 * _MIB)}
    )
    tuned = {**kept, "segment.bytes": str(8 * _MIB)}
    if kafka.takes_tuning:
        return tuned
    return {name: value for name, value in tuned.items() if name in _EVERYWHERE}


def _as_json_value(column: StructField) -> F.Column:
    value = F.col(f"`{column.name}`")
    if isinstance(column.dataType, TimestampType):
        return F.unix_millis(value)
    if view_type(column.dataType) == "time":
        return F.unix_millis(value.cast("timestamp"))
    return value


def _key_json(result: Result) -> F.Column:
    """The grouping values as a JSON array; each is JSON by itself, so that types may differ."""
    by_name = {one.name: one for one in result.columns}
    parts = [
        F.regexp_extract(F.to_json(F.array(_as_json_value(by_name[name]))), r"(?s)^\[(.*)\]$", 1)
        for name in result.keys
    ]
    return F.concat(F.lit("["), F.concat_ws(",", *parts), F.lit("]"))


def _stored_type(column: StructField) -> DataType:
    return LongType() if view_type(column.dataType) == "time" else column.dataType


def create_view(spark: SparkSession, kafka: Kafka, topic: str, name: str, result: Result) -> None:
    """A temporary view over the results topic: the newest row of each key, as panels show it."""
    stored = StructType([StructField(one.name, _stored_type(one)) for one in result.columns])
    records = (
        spark.read.format("kafka")
        .options(**kafka.source())
        .option("subscribe", topic)
        .option("failOnDataLoss", "false")
        .load()
    )
    newest = records.groupBy("key").agg(F.max_by(F.struct("value"), F.col("offset")).alias("last"))
    row = F.from_json(F.col("last.value").cast("string"), stored)
    rows = newest.where("last.value IS NOT NULL").select(row.alias("row"))
    rows.select(*[_from_stored(one) for one in result.columns]).createOrReplaceTempView(name)


def _from_stored(column: StructField) -> F.Column:
    value = F.col(f"row.`{column.name}`")
    if view_type(column.dataType) != "time":
        return value.alias(column.name)
    return F.timestamp_millis(value).cast(column.dataType).alias(column.name)
