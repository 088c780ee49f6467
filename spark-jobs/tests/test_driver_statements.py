"""The statements of a driver: order, cancel, what is told and what is kept."""

import threading
from pathlib import Path
from typing import Any

import pytest
from driver import statements
from driver.statements import StatementBook, sendable
from link import Link, LinkRequest

OK = {"status": "ok", "data": {"text/plain": "2"}}


class Told(Link):
    """A link that keeps what it is told to publish."""

    def __init__(self, folder: Path) -> None:
        super().__init__(LinkRequest(folder, "secret", {}))
        self.messages: list[dict[str, Any]] = []

    def publish(self, message: dict[str, Any]) -> None:
        self.messages.append(message)

    def take(self) -> list[dict[str, Any]]:
        """What was told since the last time, without times."""
        taken, self.messages = self.messages, []
        return [
            {key: value for key, value in message.items() if key not in ("started", "completed")}
            for message in taken
        ]


@pytest.fixture
def link(tmp_path: Path) -> Told:
    return Told(tmp_path)


@pytest.fixture
def book(link: Told) -> StatementBook:
    return StatementBook(link)


def states(book: StatementBook) -> dict[int, str]:
    return {one["id"]: one["state"] for one in book.snapshot()["statements"]}


def done(number: int, state: str, output: object) -> dict[str, Any]:
    return {"type": "done", "id": number, "state": state, "output": output}


def test_statements_run_in_order_and_each_step_is_told(link: Told, book: StatementBook) -> None:
    book.add(0, "1 + 1", "pyspark")
    book.add(1, "2", "sql")
    assert book.snapshot()["next_statement"] == 2
    first = book.begin_next()
    assert (first.id, first.code, first.kind) == (0, "1 + 1", "pyspark")
    assert states(book) == {0: "running", 1: "waiting"}
    book.progress(0, 0.5)
    book.finish(first, OK)
    assert book.begin_next().id == 1
    assert link.take() == [
        {"type": "started", "id": 0},
        {"type": "progress", "id": 0, "fraction": 0.5},
        done(0, "available", OK),
        {"type": "started", "id": 1},
    ]
    ended = book.snapshot()["statements"][0]
    assert ended["output"] == OK
    assert ended["progress"] == 1.0
    assert 0 < ended["started"] <= ended["completed"]


def test_the_runner_waits_for_a_statement(book: StatementBook) -> None:
    begun: list[int] = []
    runner = threading.Thread(target=lambda: begun.append(book.begin_next().id))
    runner.start()
    book.add(7, "1", "pyspark")
    runner.join(10)
    assert begun == [7]


def test_cancel_of_a_waiting_statement_ends_it_unrun(link: Told, book: StatementBook) -> None:
    book.add(0, "a", "pyspark")
    book.add(1, "b", "pyspark")
    book.add(2, "c", "pyspark")
    first = book.begin_next()
    link.take()
    assert book.cancel(1) is False
    assert link.take() == [done(1, "cancelled", None)]
    book.finish(first, OK)
    assert book.begin_next().id == 2


def test_cancel_of_a_running_statement_waits_for_its_end(link: Told, book: StatementBook) -> None:
    book.add(0, "a", "pyspark")
    running = book.begin_next()
    assert book.cancel(0) is True
    assert states(book) == {0: "cancelling"}
    output = {"status": "error", "ename": "KeyboardInterrupt", "evalue": "", "traceback": []}
    book.finish(running, output)
    assert link.take()[-1] == done(0, "cancelled", output)
    assert book.cancel(0) is False
    assert book.cancel(99) is False


def test_a_statement_never_runs_twice(book: StatementBook) -> None:
    book.add(4, "a", "pyspark")
    book.finish(book.begin_next(), OK)
    book.add(4, "a", "pyspark")
    book.add(3, "old", "pyspark")
    assert states(book) == {4: "available"}


def test_only_ended_statements_are_forgotten(
    link: Told, book: StatementBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(statements, "KEPT_STATEMENTS", 3)
    for number in range(5):
        book.add(number, "x", "pyspark")
    assert len(states(book)) == 5
    for _ in range(3):
        book.finish(book.begin_next(), OK)
    forgotten = [message["ids"] for message in link.take() if message["type"] == "forgotten"]
    assert forgotten == [[0], [1]]
    assert states(book) == {2: "available", 3: "waiting", 4: "waiting"}


def test_large_outputs_are_forgotten_sooner_but_for_the_newest(
    link: Told, book: StatementBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(statements, "KEPT_BYTES", 250)
    for number in range(3):
        book.add(number, "x", "pyspark")
        book.finish(book.begin_next(), {"status": "ok", "data": {"text/plain": "y" * 100}})
    assert list(states(book)) == [2]
    book.add(3, "x", "pyspark")
    book.finish(book.begin_next(), {"status": "ok", "data": {"text/plain": "y" * 300}})
    assert list(states(book)) == [3]


def test_a_result_that_is_too_large_is_an_error_that_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(statements, "OUTPUT_BYTES", 1024 * 1024)
    output, size = sendable({"status": "ok", "data": {"text/plain": "x" * 2_100_000}})
    assert size == 0
    assert output["ename"] == "ResultTooLarge"
    assert output["evalue"].startswith("The result has 2 MiB, and a statement may return 1 MiB")


@pytest.mark.parametrize("value", [float("nan"), object(), {1, 2}])
def test_a_result_that_is_no_json_is_an_error(value: object) -> None:
    output, _ = sendable({"status": "ok", "data": {"application/json": value}})
    assert output["ename"] == "UnreadableResult"


def test_text_that_is_no_unicode_can_be_sent() -> None:
    output, size = sendable({"status": "ok", "data": {"text/plain": "\ud800"}})
    assert output["data"]["text/plain"] == "\ud800"
    assert size > 0
