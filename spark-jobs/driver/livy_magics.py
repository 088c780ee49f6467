"""Livy's own magics of a pyspark statement: `%json`, `%table` and `%matplot` as the last line."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Any

from driver import figures

JSON_MIME = "application/json"
TABLE_MIME = "application/vnd.livy.table.v1+json"

_MAGIC = re.compile(r"^%(json|table|matplot)[ \t]+(\w+)[ \t]*\s*\Z", re.MULTILINE)
_TYPES: dict[type, str] = {
    bool: "BOOLEAN_TYPE",
    int: "INT_TYPE",
    float: "DOUBLE_TYPE",
    str: "STRING_TYPE",
    dt.date: "DATE_TYPE",
    dt.datetime: "TIMESTAMP_TYPE",
    Decimal: "DECIMAL_TYPE",
    list: "ARRAY_TYPE",
    tuple: "ARRAY_TYPE",
    dict: "MAP_TYPE",
}
_AS_TEXT = (dt.date, Decimal)

Magic = tuple[str, str]


def split(code: str) -> tuple[str, Magic | None]:
    """The code before a last line that is a magic, and the magic with its variable."""
    found = _MAGIC.search(code)
    return (code, None) if found is None else (code[: found.start()], (found[1], found[2]))


def bundle(magic: Magic, namespace: dict[str, Any]) -> dict[str, Any]:
    """What the magic shows; a name that does not exist is a NameError as anywhere else."""
    kind, name = magic
    if name not in namespace:
        raise NameError(f"name '{name}' is not defined")
    value = namespace[name]
    if kind == "matplot":
        # `NAME` is the pyplot module, or a figure.
        return {"image/png": figures.png(value.gcf() if hasattr(value, "gcf") else value)}
    return {JSON_MIME: value} if kind == "json" else {TABLE_MIME: _table(value)}


def _table(rows: Any) -> dict[str, Any]:
    listed = [_named(row) for row in rows]
    names = list(dict.fromkeys(name for row in listed for name in row))
    return {
        "headers": [{"name": name, "type": _column_type(listed, name)} for name in names],
        "data": [[_cell(row.get(name)) for name in names] for row in listed],
    }


def _named(row: Any) -> dict[str, Any]:
    if isinstance(row, dict):
        return {str(name): cell for name, cell in row.items()}
    cells = row if isinstance(row, (list, tuple)) else [row]
    return {str(n): cell for n, cell in enumerate(cells)}


def _cell(value: Any) -> Any:
    return str(value) if isinstance(value, _AS_TEXT) else value


def _column_type(rows: list[dict[str, Any]], name: str) -> str:
    cell = next((row[name] for row in rows if row.get(name) is not None), None)
    return "NULL_TYPE" if cell is None else _TYPES.get(type(cell), "STRING_TYPE")
