"""The thread on which Scala runs, so that it can be ended without harm to what else runs."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from functools import partial
from queue import SimpleQueue
from typing import Any, TypeVar

Result = TypeVar("Result")


class ScalaThread:
    """One Python thread with a JVM thread of its own, as pyspark pins them to each other.

    While it runs Scala, the main thread waits in Python and not in a socket of the JVM.
    """

    def __init__(self, jvm: Any) -> None:
        self._jvm = jvm
        self._jobs: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._pending = 0
        self._lock = threading.Lock()
        self._in_user_code = False
        self._java_thread: Any = None
        self._thread: threading.Thread | None = None

    @property
    def busy(self) -> bool:
        """Whether a call runs or waits."""
        with self._lock:
            return self._pending > 0

    @property
    def in_user_code(self) -> bool:
        """Whether code of a cell runs, and not the compiler."""
        return self._in_user_code

    def submit(self, call: Callable[[], Result]) -> Future[Result]:
        """Call on the thread, after what was submitted before."""
        future: Future[Result] = Future()
        with self._lock:
            self._pending += 1
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="scala", daemon=True)
                self._thread.start()
        self._jobs.put(lambda: self._settle(future, call))
        return future

    @contextmanager
    def user_code(self) -> Iterator[None]:
        """Only while this holds `end_user_code` does something: the compiler is left alone."""
        with self._lock:
            self._in_user_code = True
        try:
            yield
        finally:
            with self._lock:
                self._in_user_code = False

    def end_user_code(self, by_force: bool) -> None:
        """Wake code of a cell that sleeps or waits; by force, end what does not wait.

        Java 20 and later raise an error instead of using force.
        """
        with self._lock:
            if self._in_user_code:
                self._java_thread.interrupt()
                if by_force:
                    self._java_thread.stop()

    def _run(self) -> None:
        while True:
            self._jobs.get()()

    def _settle(self, future: Future[Any], call: Callable[[], Any]) -> None:
        settle: Callable[[], None]
        try:
            # Each time anew: a connection that broke has left its Java thread behind.
            self._java_thread = self._jvm.java.lang.Thread.currentThread()
            settle = partial(future.set_result, call())
        except BaseException as error:
            settle = partial(future.set_exception, error)
        with self._lock:
            self._pending -= 1
        settle()
