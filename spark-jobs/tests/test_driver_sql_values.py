"""Cells of SQL results, in Livy's form and exactly."""

import datetime as dt
from decimal import Decimal

import pytest
from driver.sql_values import exact_value, livy_value
from pyspark.sql import Row
from pyspark.sql import types as t

# As pyspark gives it: without a zone, in the zone of the process.
INSTANT = dt.datetime(2024, 5, 6, 7, 8, 9, 123456, tzinfo=dt.timezone.utc)
LOCAL = INSTANT.astimezone().replace(tzinfo=None)
STRUCT = t.StructType([t.StructField("x", t.IntegerType(), False)])


@pytest.mark.parametrize(
    ("value", "kind", "livy", "exact"),
    [
        (None, t.LongType(), None, None),
        (2**53 + 1, t.LongType(), 2**53 + 1, str(2**53 + 1)),
        (7, t.LongType(), 7, 7),
        (True, t.BooleanType(), True, True),
        (1.5, t.DoubleType(), 1.5, 1.5),
        (float("nan"), t.DoubleType(), None, "NaN"),
        (float("-inf"), t.DoubleType(), "-Infinity", "-Infinity"),
        (Decimal("1.10"), t.DecimalType(9, 2), 1.1, "1.10"),
        (Decimal("0E-18"), t.DecimalType(38, 18), 0.0, "0.000000000000000000"),
        (LOCAL, t.TimestampType(), "2024-05-06T07:08:09Z", "2024-05-06T07:08:09.123456Z"),
        (
            dt.datetime(2024, 5, 6, 7, 8, 9, 5),
            t.TimestampNTZType(),
            "2024-05-06T07:08:09.000005",
            "2024-05-06T07:08:09.000005",
        ),
        (dt.date(2024, 5, 6), t.DateType(), "2024-05-06", "2024-05-06"),
        (bytearray(b"\x00\xff"), t.BinaryType(), [0, -1], "AP8="),
        ([1, None], t.ArrayType(t.IntegerType()), [1, None], [1, None]),
        ({1: "a"}, t.MapType(t.IntegerType(), t.StringType()), {"1": "a"}, {"1": "a"}),
        (
            Row(x=1),
            STRUCT,
            {
                "schema": [
                    {"name": "x", "dataType": {}, "nullable": False, "metadata": {"map": {}}}
                ],
                "values": [1],
            },
            {"x": 1},
        ),
    ],
)
def test_cell(value: object, kind: t.DataType, livy: object, exact: object) -> None:
    assert livy_value(value, kind) == livy
    assert exact_value(value, kind) == exact
