"""What the REPL says about code that fails, as the parts of an error in Livy's form.

Livy takes the first line of it for `evalue` and the other lines for `traceback`.
"""

from __future__ import annotations

import re
from typing import Any

from driver.spark_errors import CANCELLED_MARKS, spark_message

_INDENT = " " * 7
"""The REPL puts code below its prompt of seven characters."""
_FIRST_LINE = r"(?P<caret>[ ]*\^)\n {7}(?P<first>error|warning): "
_OTHER_LINE = r"(?P<source>[^\n]*)\n(?P<under>[ ]*\^)\nOn line (?P<line>\d+): (?P<other>\w+): "
_COMPLAINT = re.compile(rf"^(?:{_FIRST_LINE}|{_OTHER_LINE})", re.MULTILINE)

_USER_FRAME = re.compile(r"^\s+at .*\(<console>:\d+\)$")
_FRAME = re.compile(r"^\s+at ")
KEPT_LINES = 200
KEPT_FRAMES = 20

Output = dict[str, Any]


def error(value: str, trace: list[str], name: str = "Error") -> Output:
    """An error in Livy's form; its own Scala errors are all called `Error`."""
    return {"status": "error", "ename": name, "evalue": value, "traceback": trace}


def incomplete() -> Output:
    """Livy's words for code that ends too early."""
    return error("incomplete statement", [])


def interrupted() -> Output:
    """A statement that was cancelled."""
    return error("the statement was interrupted", [], "KeyboardInterrupt")


def is_job_cancelled(text: str) -> bool:
    """Whether Spark has cancelled a job, which it says itself."""
    return any(mark in text for mark in CANCELLED_MARKS)


def reported_error(text: str, code: str) -> Output:
    """A failed statement as Livy gives it; `code` is what was interpreted."""
    head, trace = _head_and_trace(compiler_form(text, code, ("error",)))
    return error(head, trace[:KEPT_LINES])


def readable_error(text: str, code: str) -> Output:
    """The same for people: the whole message, and of the stack what is the user's."""
    said = compiler_form(text, code, ("error",))
    if said.startswith("<console>:"):
        return reported_error(text, code)
    lines = said.strip("\n").splitlines()
    start = next((n for n, line in enumerate(lines) if _FRAME.match(line)), len(lines))
    name, _, _ = lines[0].partition(":") if lines else ("", "", "")
    message = spark_message("\n".join(lines[:start])) or name or "the statement failed"
    frames = dict.fromkeys(line.strip() for line in lines[start:] if _USER_FRAME.match(line))
    return error(message, [f"  {frame}\n" for frame in frames][:KEPT_FRAMES])


def compiler_form(text: str, code: str, kinds: tuple[str, ...] = ("error", "warning")) -> str:
    """Complaints of the compiler as Scala 2.12 writes them: place and message, then the code.

    Lines are counted from the start of `code`. Complaints of other kinds are left out, and text
    that is no complaint stays as it is.
    """
    found = list(_COMPLAINT.finditer(text))
    if not found:
        return text
    ends = [*(match.start() for match in found[1:]), len(text)]
    parts = [text[: found[0].start()]]
    for match, end in zip(found, ends, strict=True):
        message, rest = _message_and_rest(text[match.end() : end])
        kind = match["first"] or match["other"]
        parts.append(_complaint(match, kind, message, code) if kind in kinds else "")
        parts.append(rest)
    return "".join(parts)


def _complaint(match: re.Match[str], kind: str, message: str, code: str) -> str:
    line = match["line"] or "1"
    first = code.split("\n", 1)[0]
    source = f"{_INDENT}{first}" if match["source"] is None else match["source"]
    under = match["caret"] or match["under"]
    return f"<console>:{line}: {kind}: {message}\n{source}\n{under}\n"


def _message_and_rest(text: str) -> tuple[str, str]:
    """Further lines of a message are indented; what follows it is not."""
    lines = text.split("\n")
    end = next((n for n, line in enumerate(lines) if n > 0 and line[:7] != _INDENT), len(lines))
    message = [lines[0], *(line.removeprefix(_INDENT) for line in lines[1:end])]
    return "\n".join(message), "\n".join(lines[end:])


def _head_and_trace(text: str) -> tuple[str, list[str]]:
    lines = text.strip("\n").splitlines(keepends=True)
    if not lines:
        return "the statement failed", []
    if not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    return lines[0].rstrip("\n"), lines[1:]
