"""One Scala cell: its statements and magics in order, and one answer for all of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from driver.cell import OUTPUTS_MIME
from driver.interrupt import Execution
from driver.scala import errors, forms, magics, source
from driver.scala.repl import INCOMPLETE, PRINT_LIMIT, SUCCESS, Answer, Repl
from driver.spark_errors import first_line

Output = dict[str, Any]

CUT_NOTE = f"… output cut here: these are the last {PRINT_LIMIT:,} bytes that were printed\n"
INCOMPLETE_ROUNDS = 4
"""Incomplete code is tried with the next statement so often, and then with all that follow."""

_BOUND_NAMES = re.compile(r"^(?:lazy )?va[lr] ([\w$]+)", re.MULTILINE)


class CellFailed(Exception):
    """A statement of the cell has failed; the later ones do not run."""

    def __init__(self, output: Output) -> None:
        super().__init__()
        self.output = output


class Cell:
    """A cell while it runs, on the thread of the REPL."""

    def __init__(
        self,
        repl: Repl,
        running: Callable[[], AbstractContextManager[None]],
        execution: Execution,
        rich: bool,
    ) -> None:
        """Code of the cell runs within `running()`."""
        self._repl = repl
        self._running = running
        self._execution = execution
        self._rich = rich
        self._bound: set[str] = set()
        self._outputs: list[dict[str, Any]] = []

    def run(self, code: str) -> Output:
        """Run all of it and give the output in Livy's form."""
        try:
            for part in magics.split(code):
                if isinstance(part, magics.Magic):
                    self._show(self._magic(part))
                else:
                    self._statements(part)
        except CellFailed as failure:
            return {**failure.output, **self._before_error()}
        return {"status": "ok", "data": self._data()}

    def _statements(self, part: magics.Code) -> None:
        units = source.units(part.text)
        position = 0
        while position < len(units):
            position = self._statement(part, units, position)

    def _statement(self, part: magics.Code, units: list[source.Unit], position: int) -> int:
        """Run the statement that begins with this unit; gives the unit after it."""
        unit, after, rounds = units[position], position + 1, 0
        while True:
            code = _at_its_line(part, unit)
            answer = self._interpret(code)
            if answer.status != INCOMPLETE or after == len(units):
                break
            rounds += 1
            last = after if rounds < INCOMPLETE_ROUNDS else len(units) - 1
            unit, after = source.joined(unit, units[last]), last + 1
        self._take(answer, code)
        return after

    def _interpret(self, code: str) -> Answer:
        if self._execution.cancelled:
            raise CellFailed(errors.interrupted())
        return self._repl.interpret(code, self._unless_cancelled)

    @contextmanager
    def _unless_cancelled(self) -> Iterator[bool]:
        """A cancel that came while the compiler was at work has ended nothing yet."""
        with self._running():
            yield not self._execution.cancelled

    def _take(self, answer: Answer, code: str) -> None:
        cut = len(answer.printed.encode("utf-8", "replace")) >= PRINT_LIMIT
        self._print(f"{CUT_NOTE}{answer.printed}" if cut else answer.printed)
        if answer.status == SUCCESS:
            self._bound.update(_BOUND_NAMES.findall(answer.reported))
            text = errors.compiler_form(forms.without_noise(answer.reported), code)
            self._print(forms.livy_form(text, self._repl.described))
        elif answer.status == INCOMPLETE:
            raise CellFailed(errors.incomplete())
        else:
            raise CellFailed(self._error(answer.reported, code))

    def _error(self, reported: str, code: str) -> Output:
        text = forms.without_noise(reported)
        if self._execution.cancelled and (self._rich or not errors.is_job_cancelled(text)):
            return errors.interrupted()
        return (
            errors.readable_error(text, code) if self._rich else errors.reported_error(text, code)
        )

    def _magic(self, magic: magics.Magic) -> dict[str, Any]:
        value = self._repl.value(magic.name)
        # Livy knows only names of the same statement.
        known = self._rich or magic.name in self._bound
        if not known or value.isEmpty():
            name = f"Value {magic.name} does not exist"
            raise CellFailed(errors.error(name, [], "NameError"))
        try:
            return magics.bundle(magic, self._repl.as_json(value))
        except Exception as error:
            text = f"%{magic.word} cannot show {magic.name}: {first_line(error)}"
            raise CellFailed(errors.error(text, [])) from error

    def _print(self, text: str) -> None:
        last = self._outputs[-1] if self._outputs else None
        if not text:
            return
        if last is not None and last["type"] == "stream":
            last["text"] += text
        else:
            self._outputs.append({"type": "stream", "name": "stdout", "text": text})

    def _show(self, bundle: dict[str, Any]) -> None:
        self._outputs.append({"type": "result", "data": bundle})

    def _data(self) -> dict[str, Any]:
        """Livy's bundle is that of the last part: all text since the last magic, or a magic."""
        data: dict[str, Any] = {"text/plain": ""}
        if self._outputs:
            last = self._outputs[-1]
            data = {"text/plain": last["text"]} if last["type"] == "stream" else dict(last["data"])
        return {**data, OUTPUTS_MIME: self._outputs} if self._rich and self._outputs else data

    def _before_error(self) -> Output:
        """What came before an error, which Livy loses."""
        return {"data": self._data()} if self._rich and self._outputs else {}


def _at_its_line(part: magics.Code, unit: source.Unit) -> str:
    """The code of a unit on the line that it has in the cell, by which errors name it."""
    line = part.line + part.text.count("\n", 0, unit.start)
    return "\n" * line + part.text[unit.start : unit.end]
