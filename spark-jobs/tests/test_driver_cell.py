"""Cells without a JVM: values, order of outputs, tracebacks, interrupts."""

import contextlib
import io
import signal
import threading

import pytest
from driver import capture
from driver.capture import CellStream, Recorder
from driver.cell import OUTPUTS_MIME, CellRunner, livy_bundle
from driver.interrupt import Execution, Interrupts


class Session:
    """A cell runner with its streams in place of those of the test."""

    def __init__(self) -> None:
        self.log = io.StringIO()
        self.recorder = Recorder()
        self.cells = CellRunner({"__name__": "__main__"}, self.recorder)
        self.number = 0

    def run(self, code: str, execution: Execution | None = None) -> dict:
        self.number += 1
        out = CellStream("stdout", self.log, self.recorder)
        err = CellStream("stderr", self.log, self.recorder)
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            return self.cells.run(self.number, code, execution or Execution(self.number))


@pytest.fixture
def session() -> Session:
    return Session()


def plain(output: dict) -> str:
    assert output["status"] == "ok", output
    return output["data"]["text/plain"]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("", ""),
        ("  \n ", ""),
        ("# only", ""),
        ("None", ""),
        ("z = 3", ""),
        ("x = 5\ny = x * 2\ny", "10"),
        ("b'abc'", "b'abc'"),
        ("print('hello')\nprint('wörld ☃')", "hello\nwörld ☃"),
        ("import sys\nprint('to stderr', file=sys.stderr)", "to stderr"),
        ("import sys\n_ = sys.stdout.buffer.write('é'.encode())", "é"),
        ("6 * 7;", ""),
    ],
)
def test_text_is_what_livy_answers(session: Session, code: str, text: str) -> None:
    assert plain(session.run(code)) == text


def test_outputs_keep_their_order(session: Session) -> None:
    output = session.run("print('a')\ndisplay(1)\nprint('b')\n2")
    assert output["data"][OUTPUTS_MIME] == [
        {"type": "stream", "name": "stdout", "text": "a\n"},
        {"type": "display", "data": {"text/plain": "1"}},
        {"type": "stream", "name": "stdout", "text": "b\n"},
        {"type": "result", "data": {"text/plain": "2"}},
    ]


def test_last_value_is_kept_under_the_underscore(session: Session) -> None:
    session.run("41")
    assert plain(session.run("_ + 1")) == "42"


def test_rich_forms_of_a_value(session: Session) -> None:
    output = session.run(
        "class Rich:\n"
        "    def _repr_html_(self): return '<b>x</b>'\n"
        "    def _repr_png_(self): return b'png'\n"
        "    def _repr_svg_(self): raise ValueError\n"
        "    def __repr__(self): return 'x'\n"
        "Rich()"
    )
    data = {mime: form for mime, form in output["data"].items() if mime != OUTPUTS_MIME}
    assert data == {"text/plain": "x", "text/html": "<b>x</b>", "image/png": "cG5n"}


def test_an_object_that_claims_every_attribute_is_plain_text(session: Session) -> None:
    output = session.run(
        "class Any:\n"
        "    def __getattr__(self, name): return lambda *a, **k: 'nonsense'\n"
        "    def __repr__(self): return 'any'\n"
        "Any()"
    )
    assert output["data"] == {
        "text/plain": "any",
        OUTPUTS_MIME: [{"type": "result", "data": {"text/plain": "any"}}],
    }


def test_a_form_that_is_no_json_still_travels(session: Session) -> None:
    output = session.run(
        'import datetime\nd = {"n": float("nan"), "t": datetime.date(2024, 5, 6)}\n%json d'
    )
    assert output["data"]["application/json"] == {"n": None, "t": "2024-05-06"}


def test_traceback_starts_at_the_cell(session: Session) -> None:
    session.run("def g():\n    raise ValueError('boom')")
    output = session.run("print('before')\ng()")
    assert (output["ename"], output["evalue"]) == ("ValueError", "boom")
    assert output["traceback"][0] == "Traceback (most recent call last):\n"
    trace = "".join(output["traceback"])
    assert 'File "<cell>", line 2' in trace
    assert 'File "<earlier cell>", line 2, in g\n    raise ValueError' in trace
    assert "driver" not in trace
    assert output["traceback"][-1] == "ValueError: boom\n"
    assert output["data"]["text/plain"] == "before"


def test_a_cause_is_shown(session: Session) -> None:
    output = session.run("try:\n    1 / 0\nexcept Exception as e:\n    raise KeyError('k') from e")
    trace = "".join(output["traceback"])
    assert trace.index("ZeroDivisionError: division by zero") < trace.index("KeyError: 'k'")


def test_syntax_error_shows_the_place(session: Session) -> None:
    output = session.run("print((1")
    assert output["ename"] == "SyntaxError"
    assert output["evalue"] == "'(' was never closed (<cell>, line 1)"
    assert "".join(output["traceback"]).startswith('  File "<cell>", line 1\n    print((1\n')


def test_system_exit_is_an_error_of_the_cell(session: Session) -> None:
    output = session.run("import sys\nsys.exit(3)")
    assert (output["ename"], output["evalue"]) == ("SystemExit", "3")
    assert plain(session.run("1")) == "1"


def test_text_of_other_threads_goes_to_the_log(session: Session) -> None:
    output = session.run(
        "import threading\n"
        "t = threading.Thread(target=lambda: print('aside'))\n"
        "t.start(); t.join()\nprint('here')"
    )
    assert plain(output) == "here"
    assert session.log.getvalue() == "aside\n"


def test_endless_text_is_cut(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(capture, "TEXT_LIMIT", 10)
    output = session.run("for n in range(100): print('abcd')")
    assert plain(output).startswith("abcd\nabcd\n\n… output cut here")


def test_livy_magics_end_a_cell(session: Session) -> None:
    output = session.run('d = {"a": [1, None]}\n%json d')
    assert output["data"]["application/json"] == {"a": [1, None]}
    output = session.run('t = [[1, "a"], [3, "b"]]\n%table t')
    assert output["data"]["application/vnd.livy.table.v1+json"] == {
        "headers": [{"name": "0", "type": "INT_TYPE"}, {"name": "1", "type": "STRING_TYPE"}],
        "data": [[1, "a"], [3, "b"]],
    }
    assert session.run("%json nosuch")["ename"] == "NameError"


def test_bundle_of_several_figures_has_the_last_and_the_list_has_all() -> None:
    outputs = [{"type": "display", "data": {"image/png": n, "text/plain": "f"}} for n in "ab"]
    data = livy_bundle(outputs)
    assert data["image/png"] == "b"
    assert data[OUTPUTS_MIME] == outputs


class Interrupted:
    """Runs a cell that is cancelled once it has begun."""

    def __init__(self, session: Session) -> None:
        self.cancelled_jobs: list[int] = []
        self.interrupts = Interrupts(self.cancelled_jobs.append)
        self.session = session

    def run(self, code: str) -> dict:
        started = threading.Event()
        execution = self.interrupts.begin(7)
        self.session.cells._namespace["started"] = started
        canceller = threading.Thread(
            target=lambda: (started.wait(10), self.interrupts.cancel(7)), daemon=True
        )
        canceller.start()
        try:
            return self.session.run(code, execution)
        finally:
            self.interrupts.end(execution)
            canceller.join()


@pytest.fixture
def interrupted(session: Session):
    before = signal.getsignal(signal.SIGINT)
    runner = Interrupted(session)
    runner.interrupts.install()
    yield runner
    signal.signal(signal.SIGINT, before)


@pytest.mark.parametrize(
    "code",
    [
        "started.set()\nwhile True: pass",
        "started.set()\nimport time\ntime.sleep(600)",
        "started.set()\ntry:\n    while True: pass\nexcept Exception: pass",
    ],
)
def test_interrupt_ends_the_cell(interrupted: Interrupted, code: str) -> None:
    output = interrupted.run(code)
    assert output["ename"] == "KeyboardInterrupt"
    assert interrupted.cancelled_jobs[0] == 7
    assert plain(interrupted.session.run("6 * 7")) == "42"


def test_jobs_are_cancelled_before_the_signal(interrupted: Interrupted) -> None:
    interrupted.session.cells._namespace["jobs"] = interrupted.cancelled_jobs
    output = interrupted.run("started.set()\nwhile not jobs: pass\nraise RuntimeError('cancelled')")
    assert output["ename"] == "KeyboardInterrupt"


def test_cancel_before_the_begin_still_counts() -> None:
    interrupts = Interrupts(lambda _number: None)
    interrupts.cancel(3)
    assert interrupts.begin(3).cancelled
    interrupts.end(Execution(3))


def test_cancel_of_an_ended_statement_does_nothing() -> None:
    interrupts = Interrupts(lambda _number: None)
    interrupts.end(interrupts.begin(3))
    interrupts.cancel(3)
    assert not interrupts.begin(4).cancelled
