"""A Scala cell that is cancelled, without a JVM."""

from contextlib import nullcontext
from typing import Any

from driver.interrupt import Execution
from driver.scala import errors
from driver.scala.cell import Cell
from driver.scala.repl import ERROR, SUCCESS, Answer, Running


class CompilingRepl:
    """Notes what runs; a cancel comes while the statement that is named compiles."""

    def __init__(self, execution: Execution, cancelled_at: str) -> None:
        self._execution = execution
        self._cancelled_at = cancelled_at
        self.ran: list[str] = []

    def described(self, name: str) -> str:
        return name

    def interpret(self, code: str, running: Running) -> Answer:
        if code.strip() == self._cancelled_at:
            self._execution.cancelled = True
        with running() as may_run:
            if not may_run:
                return Answer(ERROR, "", "")
            self.ran.append(code.strip())
        return Answer(SUCCESS, "", "")


def run(code: str, cancelled_at: str) -> tuple[list[str], dict[str, Any]]:
    execution = Execution(0)
    repl: Any = CompilingRepl(execution, cancelled_at)
    return repl.ran, Cell(repl, nullcontext, execution, rich=False).run(code)


def test_code_that_was_cancelled_while_it_compiled_does_not_run() -> None:
    ran, output = run("first()\nsecond()\nthird()", cancelled_at="second()")
    assert ran == ["first()"]
    assert output == errors.interrupted()


def test_code_that_nobody_cancels_runs_whole() -> None:
    ran, output = run("first()\nsecond()", cancelled_at="")
    assert ran == ["first()", "second()"]
    assert output["status"] == "ok"
