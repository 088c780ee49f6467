"""Tracebacks that show the user's own code and nothing of the machinery around it."""

from __future__ import annotations

import linecache
import re
import traceback
from types import TracebackType

from driver.spark_errors import is_spark_error, spark_message

_CELL_NAME = re.compile(r"<cell (\d+)>")
_HIDDEN = re.compile(
    r"[/\\](?:site-packages|dist-packages)[/\\](?:pyspark|py4j)[/\\]|[/\\]driver[/\\]\w+\.py$"
)
KEPT_SOURCES = 500


def cell_name(number: int) -> str:
    """File name under which a cell is compiled."""
    return f"<cell {number}>"


def remember_source(number: int, code: str) -> None:
    """Let tracebacks and `inspect` find the lines of a cell."""
    linecache.cache[cell_name(number)] = (
        len(code),
        None,
        code.splitlines(keepends=True),
        cell_name(number),
    )
    linecache.cache.pop(cell_name(number - KEPT_SOURCES), None)


def error_output(error: BaseException, number: int) -> dict[str, object]:
    """A failed cell in Livy's form: `ename`, `evalue`, `traceback`."""
    if isinstance(error, KeyboardInterrupt):
        value = "the cell was interrupted"
    else:
        value = spark_message(str(error)) if is_spark_error(error) else error_text(error)
    return {
        "status": "error",
        "ename": type(error).__name__,
        "evalue": _renamed(value, number),
        "traceback": _lines(error, number, value),
    }


def error_text(error: BaseException) -> str:
    """The message of an error, also of one of the user's classes that cannot say it."""
    try:
        return str(error)
    except Exception as failure:
        return f"<its message cannot be read: {type(failure).__name__}>"


def _lines(error: BaseException, number: int, value: str) -> list[str]:
    """Each entry is one frame or one line of the message, ending in a line break, as in Livy."""
    if isinstance(error, SyntaxError) and error.filename == cell_name(number):
        lines = traceback.format_exception_only(type(error), error)
    else:
        lines = _formatted(error, number, value)
    return [_renamed(line, number) for line in lines]


def _formatted(error: BaseException, number: int, value: str) -> list[str]:
    frames = _user_frames(error.__traceback__, number)
    head = [
        "Traceback (most recent call last):\n",
        *traceback.StackSummary.from_list(frames).format(),
    ]
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    before: list[str] = []
    if cause is not None and not is_spark_error(error) and not isinstance(error, KeyboardInterrupt):
        text = spark_message(str(cause)) if is_spark_error(cause) else error_text(cause)
        before = [*_formatted(cause, number, text), "\n", "Which led to:\n", "\n"]
    name = type(error).__name__
    return [*before, *head, f"{name}: {value}\n" if value else f"{name}\n"]


def _user_frames(trace: TracebackType | None, number: int) -> list[traceback.FrameSummary]:
    frames = list(traceback.extract_tb(trace))
    own = [n for n, frame in enumerate(frames) if frame.filename == cell_name(number)]
    return [frame for frame in frames[own[0] if own else 0 :] if not _HIDDEN.search(frame.filename)]


def _renamed(text: str, number: int) -> str:
    """Hide statement numbers: they are not the numbers of the cells in the notebook."""
    return _CELL_NAME.sub(
        lambda match: "<cell>" if int(match[1]) == number else "<earlier cell>", text
    )
