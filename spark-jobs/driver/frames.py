"""A Spark DataFrame as the value of a cell: its first rows."""

from __future__ import annotations

from html import escape
from typing import Any

SHOWN_ROWS = 20
CELL_LIMIT = 200
"""Characters of one cell of the table."""

EAGER_SETTING = "spark.sql.repl.eagerEval.enabled"
"""Where a user has set this, pyspark's own table is shown instead."""


def is_frame(value: object) -> bool:
    """Whether the value is a Spark DataFrame that has rows to show now."""
    kind = type(value)
    return kind.__module__.startswith("pyspark.sql.") and kind.__name__ == "DataFrame"


def frame_bundle(frame: Any) -> dict[str, Any]:
    """The schema as text and, unless the frame is a stream, its first rows as an HTML table.

    This runs a Spark job bounded by the number of rows: the value of a cell is worth seeing.
    """
    if frame.isStreaming:
        return {"text/plain": repr(frame)}
    if frame.sparkSession.conf.get(EAGER_SETTING, "false") == "true":
        return {"text/plain": repr(frame), "text/html": frame._repr_html_()}
    columns = frame.columns
    rows = frame.take(SHOWN_ROWS + 1)
    return {"text/plain": repr(frame), "text/html": html_table(columns, rows)}


def html_table(columns: list[str], rows: list[Any]) -> str:
    """A table of the first rows; a note says so where there are more."""
    head = "".join(f"<th>{escape(name)}</th>" for name in columns)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(_text(cell))}</td>" for cell in row) + "</tr>"
        for row in rows[:SHOWN_ROWS]
    )
    note = f"<p>first {SHOWN_ROWS} rows</p>" if len(rows) > SHOWN_ROWS else ""
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{note}"


def _text(cell: object) -> str:
    text = "null" if cell is None else str(cell)
    return text if len(text) <= CELL_LIMIT else text[:CELL_LIMIT] + "…"
