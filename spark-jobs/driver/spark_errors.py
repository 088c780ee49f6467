"""Spark's errors in the words that a person needs: no Java stack, no query plan."""

from __future__ import annotations

import re
from typing import Any

_CALL_PREFIX = re.compile(r"\AAn error occurred while calling [\w.$]+\.\n: ")
_PLAN = re.compile(r"; line (\d+) pos (\d+);.*\Z", re.DOTALL)
_PLAN_WITHOUT_PLACE = re.compile(r";\n(?=['+\s]*[A-Z'][\w' ]*[\[(]).*\Z", re.DOTALL)
_STACK = re.compile(
    r"\n(?:\tat |\s*\.\.\. \d+ more|Driver stacktrace:|JVM stacktrace:).*\Z", re.DOTALL
)
_STAGE_FAILURE = re.compile(
    r"\A(?:[\w.$]*SparkException: )?Job aborted due to stage failure: "
    r".*?\([^()]*executor driver\): ",
    re.DOTALL,
)
_JAVA_CLASS = re.compile(r"\A(?:[a-z_]\w*\.)+[A-Z][\w$]*:\s(?=\[[A-Z_.]+\])")
_SOURCE = "\n\n== SQL"

KEPT_FRAMES = 60
"""Frames of a Java stack: each one is asked of the JVM."""

CANCELLED_MARKS = ("SPARK_JOB_CANCELLED", "cancelled part of cancelled job group")


def spark_message(text: str) -> str:
    """The message of a Spark error with its class in brackets, as far as it is for people.

    The text of a query with the marked place, which Spark adds to syntax errors, is kept.
    """
    message = _CALL_PREFIX.sub("", text.strip())
    message = _STAGE_FAILURE.sub("", message)
    message = _STACK.sub("", message)
    message = _PLAN.sub(r" (line \1, pos \2)", message)
    message = _PLAN_WITHOUT_PLACE.sub("", message)
    message = _JAVA_CLASS.sub("", message)
    return message.strip()


def first_line(error: BaseException) -> str:
    """The first line of what an error says, or its class where it says nothing."""
    lines = spark_message(str(error)).splitlines()
    return lines[0] if lines else type(error).__name__


def split_source(message: str) -> tuple[str, list[str]]:
    """The message proper, and the lines that show where in the query it went wrong."""
    head, mark, source = message.partition(_SOURCE)
    return head.strip(), [
        f"== SQL{line}" if n == 0 else line for n, line in enumerate(source.splitlines())
    ] if mark else []


def is_spark_error(error: BaseException) -> bool:
    """Whether pyspark or py4j raised it."""
    return type(error).__module__.split(".", 1)[0] in ("pyspark", "py4j")


def is_cancelled(error: BaseException) -> bool:
    """Whether a job of the cell was cancelled."""
    return isinstance(error, KeyboardInterrupt) or (
        is_spark_error(error) and any(mark in str(error) for mark in CANCELLED_MARKS)
    )


def java_words(error: BaseException) -> str:
    """The message of the Java exception itself, unchanged."""
    thrown = _thrown(error)
    return str(error) if thrown is None else str(thrown.getMessage() or thrown.toString())


def java_trace(error: BaseException) -> list[str]:
    """The frames of the Java exception as Java names them, `class.method(file:line)`."""
    thrown = _thrown(error)
    if thrown is None:
        return []
    return [str(frame.toString()) for frame in list(thrown.getStackTrace())[:KEPT_FRAMES]]


def _thrown(error: BaseException) -> Any:
    return getattr(error, "_origin", None) or getattr(error, "java_exception", None)
