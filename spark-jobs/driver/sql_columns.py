"""How the columns of a SQL result come to Python: as they are, as text, or as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from pyspark.sql import DataFrame
from pyspark.sql import functions as F
from pyspark.sql import types as t

from driver.sql_values import Convert

AS_IS, AS_TEXT, AS_JSON = "as is", "as text", "as JSON"

INTERVALS = (t.YearMonthIntervalType, t.DayTimeIntervalType, t.CalendarIntervalType)
"""Types of which pyspark brings some not at all to Python, and the others without their unit."""
TEMPORAL = (t.DateType, t.TimestampType, t.TimestampNTZType)
"""Types of which Python holds the years 1 to 9999 only."""

JSON_OPTIONS = {
    "ignoreNullFields": "false",
    "timeZone": "UTC",
    "timestampFormat": "yyyy-MM-dd'T'HH:mm:ss[.SSSSSS]XXX",
    "timestampNTZFormat": "yyyy-MM-dd'T'HH:mm:ss[.SSSSSS]",
}


@dataclass(frozen=True)
class Column:
    """One column of a result, by its place: names may come twice."""

    kind: t.DataType
    way: str

    def convert(self, cell: Any, convert: Convert) -> Any:
        """The cell as JSON, by `convert` unless Spark has made JSON of it."""
        if self.way == AS_IS:
            return convert(cell, self.kind)
        return cell if self.way == AS_TEXT or cell is None else json.loads(cell)["v"]


def columns_of(schema: t.StructType) -> list[Column]:
    """The columns of a result, each with the cheapest way that keeps its cells."""
    return [Column(field.dataType, _way(field.dataType)) for field in schema]


def first_rows(frame: DataFrame, columns: list[Column], count: int) -> list[Any]:
    """At most `count` rows; changes `columns` where Python cannot hold a date that comes."""
    try:
        return _readable(frame, columns).take(count)
    except (ValueError, OverflowError):
        held = [_beyond_python(column) for column in columns]
        if held == columns:
            raise
        columns[:] = held
        return _readable(frame, columns).take(count)


def _way(kind: t.DataType) -> str:
    if isinstance(kind, INTERVALS):
        return AS_TEXT
    return AS_JSON if any(isinstance(part, INTERVALS) for part in _parts(kind)) else AS_IS


def _beyond_python(column: Column) -> Column:
    temporal = any(isinstance(part, TEMPORAL) for part in _parts(column.kind))
    return replace(column, way=AS_JSON) if column.way == AS_IS and temporal else column


def _parts(kind: t.DataType) -> Iterator[t.DataType]:
    yield kind
    if isinstance(kind, t.ArrayType):
        yield from _parts(kind.elementType)
    elif isinstance(kind, t.MapType):
        yield from _parts(kind.keyType)
        yield from _parts(kind.valueType)
    elif isinstance(kind, t.StructType):
        for field in kind:
            yield from _parts(field.dataType)


def _readable(frame: DataFrame, columns: list[Column]) -> DataFrame:
    if all(column.way == AS_IS for column in columns):
        return frame
    unique = frame.toDF(*(f"c{n}" for n in range(len(columns))))
    return unique.select(*(_selected(unique[f"c{n}"], c.way) for n, c in enumerate(columns)))


def _selected(column: Any, way: str) -> Any:
    if way == AS_TEXT:
        return column.cast("string")
    if way == AS_JSON:
        return F.to_json(F.struct(column.alias("v")), JSON_OPTIONS)
    return column
