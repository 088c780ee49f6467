"""Runs a Python cell as Livy's own interpreter does, for clients that expect exactly that.

One bundle, in which the text is what was printed to stdout and then to stderr; values of a last
statement are printed, not shown; nothing is added to what the cell does. Errors have no text of
the cell's lines and no causes. Known from recorded answers of Livy 0.9.
"""

from __future__ import annotations

import ast
import builtins
import re
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from driver import figures, livy_magics
from driver.capture import Recorder, plain_json
from driver.interrupt import Execution
from driver.python_source import parsed
from driver.tracebacks import error_text

CELL_NAME = "<stdin>"
_TOP_FRAME = re.compile(r'\s*File "<stdin>", line \d+, in <module>')
_OWN_FILE = "/driver/interrupt.py"

Result = dict[str, Any]


class LivyCellRunner:
    """Runs cells one after another in one namespace, on the main thread."""

    def __init__(self, namespace: dict[str, Any], recorder: Recorder) -> None:
        self._namespace = namespace
        self._recorder = recorder

    def run(self, _number: int, code: str, execution: Execution) -> Result:
        """Run a cell; what it raises goes no further."""
        self._recorder.begin()
        shown: dict[str, Any] = {}
        error: BaseException | None = None
        try:
            execution.interruptible(lambda: shown.update(self._execute(code)))
        except BaseException as raised:
            error = raised
        text = _printed(self._recorder.end())
        figures.close_open_figures()
        if error is not None:
            return error_output(error)
        if text or not shown:
            shown["text/plain"] = text
        return {"status": "ok", "data": shown}

    def _execute(self, code: str) -> dict[str, Any]:
        own_code, magic = livy_magics.split(code)
        module = parsed(own_code, CELL_NAME)
        last = module.body.pop() if module.body else None
        if module.body:
            exec(compile(module, CELL_NAME, "exec"), self._namespace)
        if last is not None:
            with _values_printed():
                exec(compile(ast.Interactive([last]), CELL_NAME, "single"), self._namespace)
        if magic is None:
            return {}
        shown = livy_magics.bundle(magic, self._namespace)
        return {mime: plain_json(form) for mime, form in shown.items()}


@contextmanager
def _values_printed() -> Iterator[None]:
    """Values go to the stdout of the cell, as at Python's own prompt."""
    before: Callable[[Any], Any] = sys.displayhook

    def print_value(value: object) -> None:
        if value is not None:
            builtins._ = None  # type: ignore[attr-defined]
            print(repr(value))
            builtins._ = value  # type: ignore[attr-defined]

    sys.displayhook = print_value
    try:
        yield
    finally:
        sys.displayhook = before


def _printed(outputs: list[dict[str, Any]]) -> str:
    texts: dict[str, list[str]] = {"stdout": [], "stderr": []}
    for output in outputs:
        if output["type"] == "stream":
            texts[output["name"]].append(output["text"])
    return "".join(texts["stdout"] + texts["stderr"]).rstrip()


def error_output(error: BaseException) -> Result:
    """An error as Python itself prints it, without the frames above the cell's own functions."""
    lines = traceback.format_exception(type(error), error, _own_trace(error), chain=False)
    lines = [line for line in lines if _OWN_FILE not in line]
    top = next((n for n, line in enumerate(lines) if _TOP_FRAME.match(line)), None)
    if top is not None:
        del lines[top]
    return {
        "status": "error",
        "ename": type(error).__name__,
        "evalue": error_text(error),
        "traceback": lines,
    }


def _own_trace(error: BaseException) -> Any:
    """The trace from the cell on; a cell that does not compile has none."""
    if isinstance(error, SyntaxError) and error.filename == CELL_NAME:
        return None
    trace = error.__traceback__
    while trace is not None and trace.tb_frame.f_code.co_filename != CELL_NAME:
        trace = trace.tb_next
    return trace
