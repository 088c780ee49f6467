"""Failures that a person caused or can act on, told in one line."""

from __future__ import annotations

import re

_CONDITION = re.compile(r"^\s*\[([A-Z0-9_]+(?:\.[A-Z0-9_]+)?)\]\s*")
# Suggestions belong to the sentence before them; what follows is general advice.
_SENTENCE = re.compile(r".*?(?:[.?](?= |$))(?: Did you mean .*?\?(?: \[.*?\])?)?")
_HIDDEN = re.compile(r", `__hr_\w+`|`__hr_\w+`, ")
_SQL_STATE = re.compile(r"\s*SQLSTATE: \w+.*$", re.DOTALL)


class StreamError(Exception):
    """A failure with a code of the closed list in ``src/shared/errors.ts``."""

    def __init__(self, code: str, message: str, why: str | None = None, hint: str | None = None):
        super().__init__(message)
        self.code = code
        self.message = message
        self.why = why
        self.hint = hint

    def as_json(self) -> dict[str, str]:
        """The failure as the runtime reads it; absent parts are left out."""
        parts = {"code": self.code, "message": self.message, "why": self.why, "next": self.hint}
        return {name: text for name, text in parts.items() if text is not None}


def condition_of(error: BaseException) -> str | None:
    """Spark's error condition, such as ``STREAMING_REAL_TIME_MODE.OUTPUT_MODE_NOT_SUPPORTED``.

    The exception of a query that ended has no condition of its own, only a text that may begin with
    one or hold it further on (``... Job aborted: [CLASS] ...``), so the text is searched.
    """
    own = getattr(error, "getCondition", lambda: None)()
    if isinstance(own, str) and own != "STREAM_FAILED":
        return own
    found = re.findall(r"\[([A-Z][A-Z0-9_]{3,}(?:\.[A-Z0-9_]+)?)\]", str(error))
    return next((name for name in found if name != "STREAM_FAILED"), None)


def first_sentence(error: BaseException) -> str:
    """What an error of Spark says, without its condition, plan, stack or SQL state, in one line."""
    text = _SQL_STATE.sub("", str(error))
    text = text.split("JVM stacktrace")[0].split("Driver stacktrace")[0]
    text = _CONDITION.sub("", text)
    text = re.split(r";\s*\n|\n\s*\n|\n\s*at |\n==", text)[0]
    line = re.sub(r"\s+", " ", text).strip()
    found = _SENTENCE.match(line)
    line = (found.group() if found else line).rstrip(".;")
    return _HIDDEN.sub("", line)[:500] if line else type(error).__name__


def sql_error(error: BaseException) -> StreamError:
    """The error for a SQL text that Spark refused."""
    return StreamError("HR_SQL", first_sentence(error))
