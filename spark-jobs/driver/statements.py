"""The statements of a session: what is known of each, and which one runs next."""

from __future__ import annotations

import threading
import time
from dataclasses import asdict, dataclass
from typing import Any

from link import Link
from link.channel import encode

KEPT_STATEMENTS = 100
"""Ended statements beyond this number are forgotten, as `livy.rsc.retained-statements`."""
OUTPUT_BYTES = 50 * 1024 * 1024
"""Largest output of one statement, as `livy.rsc.rpc.max.size`."""
KEPT_BYTES = 256 * 1024 * 1024
"""All outputs that are kept; beyond it the oldest statements are forgotten sooner."""

Output = dict[str, Any]


@dataclass
class Statement:
    """One statement; times are epoch milliseconds, 0 before."""

    id: int
    code: str
    kind: str
    state: str = "waiting"
    output: Output | None = None
    progress: float = 0.0
    started: int = 0
    completed: int = 0
    size: int = 0
    """Bytes of the output."""

    @property
    def ended(self) -> bool:
        """Whether its state is final."""
        return self.state in ("available", "cancelled")


class StatementBook:
    """Statements in the order in which they came; safe from any thread.

    Every change is told to the gateway under the lock of the link, so that a snapshot never misses
    one.
    """

    def __init__(self, link: Link) -> None:
        self._link = link
        self._changed = threading.Condition(link.lock)
        self._statements: dict[int, Statement] = {}
        self._next_id = 0

    def snapshot(self) -> dict[str, Any]:
        """All statements that are kept, and the number of the next one."""
        return {
            "statements": [asdict(statement) for statement in self._statements.values()],
            "next_statement": self._next_id,
        }

    def add(self, number: int, code: str, kind: str) -> None:
        """Queue a statement; one with a number that was there already is not run again."""
        with self._changed:
            if number < self._next_id:
                return
            self._next_id = number + 1
            self._statements[number] = Statement(number, code, kind)
            self._forget()
            self._changed.notify()

    def begin_next(self) -> Statement:
        """Wait for a statement and mark it as running."""
        with self._changed:
            statement: Statement = self._changed.wait_for(self._first_waiting)
            statement.state, statement.started = "running", _now()
            self._link.publish(
                {"type": "started", "id": statement.id, "started": statement.started}
            )
            return statement

    def progress(self, number: int, fraction: float) -> None:
        """Note how far the running statement is, 0 to 1."""
        with self._changed:
            statement = self._statements.get(number)
            if statement is not None and not statement.ended:
                statement.progress = fraction
                self._link.publish({"type": "progress", "id": number, "fraction": fraction})

    def cancel(self, number: int) -> bool:
        """End a waiting statement; True when it runs and has to be interrupted."""
        with self._changed:
            statement = self._statements.get(number)
            if statement is None or statement.ended:
                return False
            if statement.state == "waiting":
                self._end(statement, "cancelled", None)
                return False
            statement.state = "cancelling"
            return True

    def finish(self, statement: Statement, output: Output) -> None:
        """Note the output of a statement that has run."""
        kept, size = sendable(output)
        with self._changed:
            statement.size = size
            state = "cancelled" if statement.state == "cancelling" else "available"
            self._end(statement, state, kept)
            self._forget()

    def _first_waiting(self) -> Statement | None:
        waiting = (one for one in self._statements.values() if one.state == "waiting")
        return next(waiting, None)

    def _end(self, statement: Statement, state: str, output: Output | None) -> None:
        statement.state, statement.output = state, output
        statement.progress, statement.completed = 1.0, _now()
        self._link.publish(
            {
                "type": "done",
                "id": statement.id,
                "state": state,
                "output": output,
                "completed": statement.completed,
            }
        )

    def _forget(self) -> None:
        ended = [statement for statement in self._statements.values() if statement.ended]
        size = sum(statement.size for statement in ended)
        too_many = len(self._statements) - KEPT_STATEMENTS
        forgotten = []
        # The newest stays whatever its size: it is the one that was asked for.
        for statement in ended[:-1]:
            if too_many <= 0 and size <= KEPT_BYTES:
                break
            del self._statements[statement.id]
            forgotten.append(statement.id)
            too_many, size = too_many - 1, size - statement.size
        if forgotten:
            self._link.publish({"type": "forgotten", "ids": forgotten})


def sendable(output: Output) -> tuple[Output, int]:
    """The output and its size in bytes, or an error that says why it cannot be sent."""
    try:
        size = len(encode(output))
    except (TypeError, ValueError, RecursionError) as error:
        return _fault("UnreadableResult", f"The result cannot be written as JSON: {error}"), 0
    if size <= OUTPUT_BYTES:
        return output, size
    text = (
        f"The result has {size / 1024 / 1024:.0f} MiB, and a statement may return "
        f"{OUTPUT_BYTES // 1024 // 1024} MiB (livy.rsc.rpc.max.size). "
        "Select less, or write it to a file or a table."
    )
    return _fault("ResultTooLarge", text), 0


def _fault(name: str, text: str) -> Output:
    return {"status": "error", "ename": name, "evalue": text, "traceback": []}


def _now() -> int:
    return time.time_ns() // 1_000_000
