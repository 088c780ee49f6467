"""Runs one `sql` statement."""

from __future__ import annotations

from typing import Any

from pyspark.sql import SparkSession
from pyspark.sql import types as t

from driver.interrupt import Execution
from driver.spark_errors import is_cancelled, is_spark_error, spark_message, split_source
from driver.sql_values import exact_value, livy_value

LIVY_MIME = "application/json"
TABLE_MIME = "application/vnd.headrace.table.v1+json"
"""Key of the same rows without loss, with a mark where more of them exist."""

LIVY_ENAME = "Error"
"""What Livy calls every error of a SQL statement."""


def run_sql(spark: SparkSession, code: str, limit: int, execution: Execution) -> dict[str, Any]:
    """Run a statement and give at most `limit` rows, in Livy's form and exactly."""
    tables: list[dict[str, Any]] = []
    try:
        execution.interruptible(lambda: tables.append(_tables(spark, code, limit)))
    except BaseException as error:
        return _error(error, execution.cancelled or is_cancelled(error))
    return {"status": "ok", "data": tables[0]}


def _tables(spark: SparkSession, code: str, limit: int) -> dict[str, Any]:
    frame = spark.sql(code)
    schema = frame.schema
    # One row more than shown tells whether there are more.
    rows = _readable(frame, schema).take(limit + 1) if schema.fields else []
    kept = rows[:limit]
    kinds = [field.dataType for field in schema]
    return {
        LIVY_MIME: {"schema": schema.jsonValue(), "data": _cells(kept, kinds, livy_value)},
        TABLE_MIME: {
            "columns": [{"name": f.name, "type": f.dataType.simpleString()} for f in schema],
            "rows": _cells(kept, kinds, exact_value),
            "truncated": len(rows) > limit,
        },
    }


def _cells(rows: list[Any], kinds: list[t.DataType], convert: Any) -> list[list[Any]]:
    return [[convert(cell, kind) for cell, kind in zip(row, kinds, strict=True)] for row in rows]


def _readable(frame: Any, schema: t.StructType) -> Any:
    """The frame with those columns as text that pyspark cannot bring to Python."""
    if not any(_is_text_only(field.dataType) for field in schema):
        return frame
    unique = frame.toDF(*(f"c{n}" for n in range(len(schema))))
    columns = [
        unique[f"c{n}"].cast("string") if _is_text_only(field.dataType) else unique[f"c{n}"]
        for n, field in enumerate(schema)
    ]
    return unique.select(*columns)


def _is_text_only(kind: t.DataType) -> bool:
    return isinstance(
        kind, (t.YearMonthIntervalType, t.DayTimeIntervalType, t.CalendarIntervalType)
    )


def _error(error: BaseException, cancelled: bool) -> dict[str, Any]:
    if cancelled:
        return _error_output("KeyboardInterrupt", "the statement was interrupted", [])
    text = (
        spark_message(str(error)) if is_spark_error(error) else f"{type(error).__name__}: {error}"
    )
    message, source = split_source(text)
    return _error_output(LIVY_ENAME, message, source)


def _error_output(name: str, value: str, trace: list[str]) -> dict[str, Any]:
    return {"status": "error", "ename": name, "evalue": value, "traceback": trace}
