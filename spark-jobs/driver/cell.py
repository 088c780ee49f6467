"""Runs one Python cell: its statements, then its last expression for the value."""

from __future__ import annotations

import ast
from typing import Any

from driver import figures, livy_magics
from driver.capture import Output, Recorder
from driver.interrupt import Execution
from driver.python_source import parsed
from driver.rich import bundle_of
from driver.spark_errors import is_cancelled
from driver.tracebacks import cell_name, error_output, remember_source

OUTPUTS_MIME = "application/vnd.headrace.outputs.v1+json"
"""Key of the list of all outputs in order; Livy's own bundle holds one value by MIME type."""

Result = dict[str, Any]


class CellRunner:
    """Runs cells one after another in one namespace, on the main thread."""

    def __init__(self, namespace: dict[str, Any], recorder: Recorder) -> None:
        self._namespace = namespace
        self._recorder = recorder
        figures.FigureSink.show = recorder.show
        namespace["display"] = self.display

    def display(self, *values: object) -> None:
        """Show values as outputs of the running cell."""
        for value in values:
            self._recorder.show(bundle_of(value))

    def run(self, number: int, code: str, execution: Execution) -> Result:
        """Run a cell and give its outputs in Livy's form; what the cell raises goes no further."""
        remember_source(number, code)
        self._recorder.begin()
        error: BaseException | None = None
        try:
            execution.interruptible(lambda: self._execute(number, code))
        except BaseException as raised:
            error = raised
            figures.close_open_figures()
        outputs = self._recorder.end()
        if error is None:
            return {"status": "ok", "data": livy_bundle(outputs)}
        if execution.cancelled or is_cancelled(error):
            error = KeyboardInterrupt().with_traceback(error.__traceback__)
        before = {"data": livy_bundle(outputs)} if outputs else {}
        return {**error_output(error, number), **before}

    def _execute(self, number: int, code: str) -> None:
        own_code, magic = livy_magics.split(code)
        body, last = split(own_code, cell_name(number))
        if body.body:
            exec(compile(body, cell_name(number), "exec"), self._namespace)
        if last is not None:
            value = eval(compile(last, cell_name(number), "eval"), self._namespace)
            if value is not None:
                self._namespace["_"] = value
                self._recorder.show(bundle_of(value), "result")
        if magic is not None:
            self._recorder.show(livy_magics.bundle(magic, self._namespace), "result")
        figures.show_open_figures()


def split(code: str, name: str) -> tuple[ast.Module, ast.Expression | None]:
    """The statements of a cell, and its last expression where it ends in one."""
    module = parsed(code, name)
    last = module.body[-1] if module.body else None
    if not isinstance(last, ast.Expr) or code.rstrip().endswith(";"):
        return module, None
    module.body.pop()
    return module, ast.Expression(last.value)


def livy_bundle(outputs: list[Output]) -> dict[str, Any]:
    """One bundle as Livy has it, and beside it all outputs in order.

    The bundle's `text/plain` is all text; of every other type the last one counts, so that of
    several figures the last is the `image/png`.
    """
    data: dict[str, Any] = {}
    text: list[str] = []
    for output in outputs:
        if output["type"] == "stream":
            text.append(output["text"])
            continue
        shown = output["data"]
        data.update({mime: form for mime, form in shown.items() if mime != "text/plain"})
        if output["type"] == "result":
            text.append(shown.get("text/plain", ""))
    plain = "".join(text).rstrip()
    if plain or not data:
        data["text/plain"] = plain
    if outputs:
        data[OUTPUTS_MIME] = outputs
    return data
