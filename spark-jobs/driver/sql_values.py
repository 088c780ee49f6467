"""Cells of a SQL result as JSON: in Livy's form, which loses some of them, and exactly."""

from __future__ import annotations

import base64
import datetime as dt
import json
import math
from collections.abc import Callable
from typing import Any

from pyspark.sql import types as t

LARGEST_DOUBLE_INTEGER = 2**53
"""Beyond this a JavaScript number cannot hold every integer."""

Convert = Callable[[Any, t.DataType], Any]


def livy_value(value: Any, kind: t.DataType) -> Any:
    """A cell as Livy writes it: no fractions of seconds, decimals as doubles, bytes as numbers."""
    if value is None:
        return None
    if isinstance(kind, t.DecimalType):
        return float(value)
    if isinstance(kind, t.TimestampType):
        return _utc_text(value.replace(microsecond=0))
    if isinstance(kind, t.BinaryType):
        return [byte - 256 if byte > 127 else byte for byte in value]
    if isinstance(kind, t.StructType):
        values = [livy_value(item, field.dataType) for item, field in zip(value, kind, strict=True)]
        return {"schema": [_livy_field(field) for field in kind], "values": values}
    if isinstance(value, float):
        return None if math.isnan(value) else _double(value)
    return _nested(value, kind, livy_value)


def exact_value(value: Any, kind: t.DataType) -> Any:
    """A cell without loss; a number that a double cannot hold is text. Times are in UTC."""
    if value is None:
        return None
    if isinstance(kind, t.DecimalType):
        return format(value, "f")
    if isinstance(kind, t.TimestampType):
        return _utc_text(value)
    if isinstance(kind, t.BinaryType):
        return base64.b64encode(bytes(value)).decode()
    if isinstance(kind, t.StructType):
        cells = zip(kind, value, strict=True)
        return {field.name: exact_value(item, field.dataType) for field, item in cells}
    if isinstance(kind, t.LongType) and abs(value) > LARGEST_DOUBLE_INTEGER:
        return str(value)
    if isinstance(value, float):
        return _double(value)
    return _nested(value, kind, exact_value)


def _nested(value: Any, kind: t.DataType, convert: Convert) -> Any:
    if isinstance(kind, t.ArrayType):
        return [convert(item, kind.elementType) for item in value]
    if isinstance(kind, t.MapType):
        return {
            _key(key, kind.keyType): convert(item, kind.valueType) for key, item in value.items()
        }
    if isinstance(kind, t.VariantType):
        return json.loads(value.toJson())
    if isinstance(value, (dt.date, dt.time)):
        return value.isoformat()
    return value if isinstance(value, (bool, int, str)) else str(value)


def _key(value: Any, kind: t.DataType) -> str:
    return value if isinstance(value, str) else str(exact_value(value, kind))


def _double(value: float) -> float | str:
    if math.isfinite(value):
        return value
    if math.isnan(value):
        return "NaN"
    return "Infinity" if value > 0 else "-Infinity"


def _utc_text(value: dt.datetime) -> str:
    # pyspark gives a timestamp without a zone, in the zone of this process.
    return value.astimezone(dt.timezone.utc).replace(tzinfo=None).isoformat() + "Z"


def _livy_field(field: t.StructField) -> dict[str, Any]:
    return {
        "name": field.name,
        "dataType": {},
        "nullable": field.nullable,
        "metadata": {"map": field.metadata or {}},
    }
