"""Python cells exactly as Livy's own interpreter answers them."""

import contextlib
import io
from typing import Any

import pytest
from driver.capture import CellStream, Recorder
from driver.interrupt import Execution
from driver.livy_cell import LivyCellRunner


class Session:
    """A runner with its streams in place of those of the test."""

    def __init__(self) -> None:
        self.recorder = Recorder()
        self.cells = LivyCellRunner({"__name__": "__main__"}, self.recorder)

    def run(self, code: str) -> dict[str, Any]:
        out = CellStream("stdout", io.StringIO(), self.recorder)
        err = CellStream("stderr", io.StringIO(), self.recorder)
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            return self.cells.run(1, code, Execution(1))


@pytest.fixture
def session() -> Session:
    return Session()


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("", ""),
        ("# only", ""),
        ("None", ""),
        ("x = 5\nx * 2", "10"),
        ("6 * 7;", "42"),
        ("for i in range(2):\n    i", "0\n1"),
        ("import sys\nprint('e', file=sys.stderr)\nprint('o')", "o\ne"),
        (
            "class R:\n def _repr_html_(self): return 'h'\n def __repr__(self): return 'r'\nR()",
            "r",
        ),
    ],
)
def test_text_is_all_there_is(session: Session, code: str, text: str) -> None:
    assert session.run(code) == {"status": "ok", "data": {"text/plain": text}}


def test_last_value_is_kept_under_the_underscore(session: Session) -> None:
    session.run("41")
    assert session.run("_ + 1")["data"] == {"text/plain": "42"}


def test_magics_come_alone_unless_something_is_printed(session: Session) -> None:
    assert session.run("d = [1, None]\n%json d")["data"] == {"application/json": [1, None]}
    data = session.run("print('p')\n%json d")["data"]
    assert data == {"application/json": [1, None], "text/plain": "p"}


def test_traceback_leaves_out_the_cell_itself_and_causes(session: Session) -> None:
    code = "def g():\n    raise ValueError('boom')\ntry:\n    1 / 0\nexcept Exception:\n    g()"
    assert session.run(code) == {
        "status": "error",
        "ename": "ValueError",
        "evalue": "boom",
        "traceback": [
            "Traceback (most recent call last):\n",
            '  File "<stdin>", line 2, in g\n',
            "ValueError: boom\n",
        ],
    }


@pytest.mark.parametrize(
    ("code", "name", "value"),
    [
        ("print((1", "SyntaxError", "'(' was never closed (<stdin>, line 1)"),
        ("def f(a):", "IndentationError", "expected an indented block"),
        ("import sys\nsys.exit(3)", "SystemExit", "3"),
        ("a\x00b", "SyntaxError", "null bytes"),
        ("1+" * 100_000 + "1", "SyntaxError", ""),
    ],
)
def test_errors(session: Session, code: str, name: str, value: str) -> None:
    output = session.run(code)
    assert (output["status"], output["ename"]) == ("error", name)
    assert value in output["evalue"]
    assert session.run("1")["data"] == {"text/plain": "1"}
