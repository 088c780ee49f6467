"""The Scala side of a session where things go wrong, without a JVM."""

import threading
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from driver.interrupt import Execution
from driver.scala import runner
from driver.scala.runner import CODE_LIMIT, ScalaInterrupt, ScalaRunner
from driver.scala.thread import ScalaThread


class JavaThread:
    """Notes how it was asked to end."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def interrupt(self) -> None:
        self.asked.append("interrupt")

    def stop(self) -> None:
        self.asked.append("stop")

    def getContextClassLoader(self) -> Any:
        raise OSError("No space left on device")


def java(thread: JavaThread) -> Any:
    """As much of a JVM as there is before the REPL starts."""
    current = SimpleNamespace(currentThread=lambda: thread, interrupted=lambda: True)
    return SimpleNamespace(java=SimpleNamespace(lang=SimpleNamespace(Thread=current)))


@pytest.fixture
def scala(tmp_path: Path) -> ScalaRunner:
    context = SimpleNamespace(_jvm=java(JavaThread()), setJobGroup=lambda *_args, **_named: None)
    return ScalaRunner(SimpleNamespace(sparkContext=context), tmp_path, rich=False)


def test_a_repl_that_cannot_start_says_why_each_time(scala: ScalaRunner) -> None:
    for number in range(2):
        output = scala.run(number, "1 + 1", Execution(number))
        assert output["evalue"] == "The Scala REPL did not start: No space left on device"
    assert scala.complete("sc.", 3) == []


def test_code_that_is_too_long_does_not_reach_the_compiler(scala: ScalaRunner) -> None:
    output = scala.run(0, "x" * (CODE_LIMIT + 1), Execution(0))
    assert output["evalue"].startswith("The code has 500,001 characters")


def test_only_code_of_a_cell_is_ended_and_force_comes_second() -> None:
    thread, ended = JavaThread(), threading.Event()
    scala = ScalaThread(java(thread))
    interrupt = ScalaInterrupt(scala, ended.set)

    def cell() -> list[str]:
        interrupt(0)
        before = list(thread.asked)
        with scala.user_code():
            interrupt(0)
            interrupt(1)
        interrupt(2)
        return before

    assert scala.submit(cell).result(10) == []
    assert thread.asked == ["interrupt", "interrupt", "stop"]
    assert not ended.is_set()


def test_code_that_does_not_end_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "GIVE_UP_S", -1.0)
    scala, ended = ScalaThread(java(JavaThread())), threading.Event()

    def cell() -> None:
        with scala.user_code():
            ScalaInterrupt(scala, ended.set)(3)

    scala.submit(cell).result(10)
    assert ended.is_set()
