"""Ends a running cell on request, and only that.

Spark jobs are cancelled first, by the cell's job group: SIGINT while Python waits for the JVM would
leave the job running, with its slots. A job group is used and never a job tag, because a streaming
query that the cell started inherits a tag but sets a group of its own.
"""

from __future__ import annotations

import contextlib
import itertools
import signal
import sys
import threading
from collections.abc import Callable
from types import FrameType
from typing import Any

PY4J_FOLDER = "/py4j/"

SIGNAL_AFTER_S = 0.3
"""Time that a cell has to end by itself after its jobs were cancelled."""
FIRST_REPEAT_S = 0.5
"""Time that the first, gentlest attempt has."""
REPEAT_S = 2.0
"""A cell that has caught the interrupt and gone on is interrupted again after this time."""
JAVA_ATTEMPTS = 2
"""Attempts that Java has to end a call that Python waits for, before Python is interrupted."""

Interrupter = Callable[[int], None]
"""Makes an attempt to end a statement; is given the number of attempts before."""


class Execution:
    """One statement while it runs on the main thread."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.cancelled = False
        self.armed = False
        self.ended = threading.Event()
        self._interrupter: Interrupter = self.signal

    def interruptible(self, call: Callable[[], None]) -> None:
        """Call on the main thread; SIGINT raises KeyboardInterrupt in there and nowhere else."""
        try:
            try:
                self.armed = True
                call()
            finally:
                self.armed = False
        finally:
            # Once more, as the interrupt may have come right at the line above.
            self.armed = False

    def interrupt_with(self, interrupter: Interrupter) -> None:
        """Have the statement ended by other means than SIGINT alone."""
        self._interrupter = interrupter

    def interrupt(self, attempt: int) -> None:
        """Make an attempt to end it."""
        self._interrupter(attempt)

    def signal(self, _attempt: int) -> None:
        """Interrupt Python itself, in the code of the statement only."""
        if self.armed:
            # To the main thread itself, so that a blocking call there ends too.
            signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)


class JavaCallInterrupt:
    """Ends Python code by SIGINT, but a call into Java first by interrupting Java's thread.

    SIGINT would leave the call running in Java, and break the connection that it answers on.
    """

    def __init__(self, execution: Execution, java_thread: Any) -> None:
        """`java_thread` is the Java thread that belongs to Python's main thread."""
        self._execution = execution
        self._java_thread = java_thread

    def __call__(self, attempt: int) -> None:
        """Interrupt the side that the statement is on now."""
        if attempt < JAVA_ATTEMPTS and self._execution.armed and _in_java_call():
            self._java_thread.interrupt()
        else:
            self._execution.signal(attempt)


def _in_java_call() -> bool:
    """Whether the main thread waits for an answer of the JVM."""
    frame = sys._current_frames().get(threading.main_thread().ident or 0)
    while frame is not None:
        if PY4J_FOLDER in frame.f_code.co_filename:
            return True
        frame = frame.f_back
    return False


class Interrupts:
    """Knows the running statement and ends it when the gateway asks."""

    def __init__(self, cancel_jobs: Callable[[int], None]) -> None:
        """`cancel_jobs` cancels the Spark jobs of a statement, from any thread."""
        self._cancel_jobs = cancel_jobs
        self._current: Execution | None = None
        self._lock = threading.Lock()
        self._newest = -1
        self._early: int | None = None

    def install(self) -> None:
        """Take SIGINT over; pyspark's own handler would cancel the jobs of all queries."""
        signal.signal(signal.SIGINT, self._on_signal)

    def begin(self, number: int) -> Execution:
        """Note that a statement begins to run; one that was cancelled before is ended at once."""
        execution = Execution(number)
        with self._lock:
            self._current, self._newest = execution, number
            early = self._early == number
        if early:
            self.cancel(number)
        return execution

    def end(self, execution: Execution) -> None:
        """Note that a statement has ended."""
        execution.ended.set()
        with self._lock:
            self._current = None

    def cancel(self, number: int) -> None:
        """Start ending a statement, unless it has ended; returns at once."""
        with self._lock:
            execution = self._current
            if execution is None or execution.number != number:
                self._early = number if number > self._newest else self._early
                return
            if execution.cancelled:
                return
            execution.cancelled = True
        threading.Thread(target=self._insist, args=(execution,), daemon=True).start()

    def _insist(self, execution: Execution) -> None:
        waits = itertools.chain((SIGNAL_AFTER_S, FIRST_REPEAT_S), itertools.repeat(REPEAT_S))
        for attempt, wait in enumerate(waits):
            with contextlib.suppress(Exception):
                # A JVM that does not answer must not keep the signal from coming.
                self._cancel_jobs(execution.number)
            if execution.ended.wait(wait):
                return
            with contextlib.suppress(Exception):
                execution.interrupt(attempt)

    def _on_signal(self, _signal: int, _frame: FrameType | None) -> None:
        execution = self._current
        if execution is not None and execution.armed:
            raise KeyboardInterrupt
