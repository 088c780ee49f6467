"""Livy's magics of a Scala cell: `%json NAME` and `%table NAME`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from driver.livy_magics import JSON_MIME, TABLE_MIME

_MAGIC = re.compile(r"^%(json|table)[ \t]+(\w+)[ \t]*(?:\n|\Z)", re.MULTILINE)
_TYPES = {
    type(None): "NULL_TYPE",
    bool: "BOOLEAN_TYPE",
    int: "BIGINT_TYPE",
    float: "DOUBLE_TYPE",
    str: "STRING_TYPE",
    list: "ARRAY_TYPE",
    dict: "MAP_TYPE",
}


@dataclass(frozen=True)
class Magic:
    """`%word name`."""

    word: str
    name: str


@dataclass(frozen=True)
class Code:
    """Code between magics, and the number of lines before it in the cell."""

    text: str
    line: int


def split(code: str) -> list[Code | Magic]:
    """A cell as code and magics, in order; a magic has a line of its own."""
    parts: list[Code | Magic] = []
    position = 0
    for found in _MAGIC.finditer(code):
        parts.append(Code(code[position : found.start()], code.count("\n", 0, position)))
        parts.append(Magic(found[1], found[2]))
        position = found.end()
    parts.append(Code(code[position:], code.count("\n", 0, position)))
    return parts


def bundle(magic: Magic, value: Any) -> dict[str, Any]:
    """What a magic shows for a value in JSON; raises `ValueError` for a table of uneven rows."""
    return {JSON_MIME: value} if magic.word == "json" else {TABLE_MIME: _table(value)}


def _table(rows: Any) -> dict[str, Any]:
    listed = [_named(row) for row in (rows if isinstance(rows, list) else [rows])]
    names = list(dict.fromkeys(name for row in listed for name in row))
    return {
        "headers": [{"type": _column_type(listed, name), "name": name} for name in names],
        "data": [[row.get(name) for name in names] for row in listed],
    }


def _named(row: Any) -> dict[str, Any]:
    if isinstance(row, dict):
        return row
    return {str(n): cell for n, cell in enumerate(row if isinstance(row, list) else [row])}


def _column_type(rows: list[dict[str, Any]], name: str) -> str:
    kinds = {_TYPES[type(row[name])] for row in rows if row.get(name) is not None}
    if len(kinds) > 1:
        raise ValueError("table rows have different types")
    return kinds.pop() if kinds else "NULL_TYPE"
