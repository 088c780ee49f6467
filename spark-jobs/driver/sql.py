"""Runs the `sql` statements of a session."""

from __future__ import annotations

from typing import Any

from pyspark.sql import DataFrame, SparkSession

from driver.interrupt import Execution
from driver.spark_errors import (
    is_cancelled,
    is_spark_error,
    java_trace,
    java_words,
    spark_message,
    split_source,
)
from driver.sql_columns import Column, columns_of, first_rows
from driver.sql_values import exact_value, livy_value

LIVY_MIME = "application/json"
TABLE_MIME = "application/vnd.headrace.table.v1+json"
"""Key of the same rows without loss, with a mark where more of them exist."""

LIVY_ENAME = "Error"
"""What Livy calls every error of a SQL statement."""

Output = dict[str, Any]


class SqlRunner:
    """Runs statements on the main thread; gives rows in Livy's form, and if `rich` exactly too."""

    def __init__(self, spark: SparkSession, limit: int, rich: bool) -> None:
        self._spark = spark
        self._limit = limit
        self._rich = rich

    def run(self, code: str, execution: Execution) -> Output:
        """Run a statement and give its first rows; nothing is raised."""
        data: dict[str, Any] = {}
        try:
            execution.interruptible(lambda: data.update(self._data(code)))
        except BaseException as error:
            cancelled = execution.cancelled or is_cancelled(error)
            return self._error(error, cancelled)
        return {"status": "ok", "data": data}

    def _data(self, code: str) -> dict[str, Any]:
        # Past `spark.sql`, which asks the JVM three times more about arguments that are not there.
        frame = DataFrame(self._spark._jsparkSession.sql(code), self._spark)
        schema = frame.schema
        columns = columns_of(schema)
        # One row more than shown tells whether there are more.
        asked = self._limit + (1 if self._rich else 0)
        rows = first_rows(frame, columns, asked) if columns else []
        kept = rows[: self._limit]
        fields = schema.jsonValue()
        data = {LIVY_MIME: {"schema": fields, "data": _cells(kept, columns, livy_value)}}
        if self._rich:
            data[TABLE_MIME] = {
                "columns": [{"name": f.name, "type": f.dataType.simpleString()} for f in schema],
                "rows": _cells(kept, columns, exact_value),
                "truncated": len(rows) > self._limit,
            }
        return data

    def _error(self, error: BaseException, cancelled: bool) -> Output:
        if not self._rich and is_spark_error(error):
            return _error_output(LIVY_ENAME, java_words(error), java_trace(error))
        if cancelled:
            return _error_output("KeyboardInterrupt", "the statement was interrupted", [])
        if not is_spark_error(error):
            return _error_output(LIVY_ENAME, f"{type(error).__name__}: {error}", [])
        message, source = split_source(spark_message(str(error)))
        return _error_output(LIVY_ENAME, message, source)


def _cells(rows: list[Any], columns: list[Column], convert: Any) -> list[list[Any]]:
    return [
        [column.convert(cell, convert) for cell, column in zip(row, columns, strict=True)]
        for row in rows
    ]


def _error_output(name: str, value: str, trace: list[str]) -> Output:
    return {"status": "error", "ename": name, "evalue": value, "traceback": trace}
