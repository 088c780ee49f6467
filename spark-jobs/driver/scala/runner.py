"""Runs the Scala cells of a session."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeout
from pathlib import Path
from typing import Any

from py4j.protocol import Py4JNetworkError

from driver.interrupt import Execution
from driver.progress import job_group
from driver.scala import errors
from driver.scala.cell import Cell, Output
from driver.scala.repl import Repl, ReplStartError
from driver.scala.thread import ScalaThread
from driver.spark_errors import first_line

CODE_LIMIT = 500_000
"""Characters of a cell: for more the compiler would need more memory than a session has."""
GIVE_UP_S = 15.0
"""Time after which a cancelled statement that does not end is left alone."""
COMPLETION_S = 8.0
"""Longest time that completion takes; the first one starts the REPL."""

STUCK = (
    "The statement was cancelled, but its Scala code does not end and Java cannot stop it. "
    "Other kinds of statements go on; Scala needs a new session."
)
STILL_STUCK = (
    "A cancelled Scala statement is still running in this session and Java cannot stop it. "
    "Use another kind of statement, or a new session."
)


class ScalaRunner:
    """Runs one cell after another in a REPL that starts at its first use, or earlier if asked."""

    def __init__(self, spark: Any, session_dir: Path, rich: bool) -> None:
        self._spark = spark
        self._class_dir = session_dir / "scala-classes"
        self._thread = ScalaThread(spark.sparkContext._jvm)
        self._rich = rich
        self._repl: Repl | None = None
        self._failure: ReplStartError | None = None
        self._jars: list[str] = []
        self._left_alone: Future[Output] | None = None

    def start(self) -> None:
        """Begin to start the REPL; a failure is told to the first cell."""
        self._thread.submit(self._started)

    def run(self, number: int, code: str, execution: Execution) -> Output:
        """Run a cell from the main thread and give its output in Livy's form."""
        if len(code) > CODE_LIMIT:
            text = (
                f"The code has {len(code):,} characters, and the Scala compiler takes "
                f"{CODE_LIMIT:,} at most: read data from a file instead."
            )
            return errors.error(text, [])
        if self._left_alone is not None and not self._left_alone.done():
            return errors.error(STILL_STUCK, [])
        wake = threading.Event()
        execution.interrupt_with(ScalaInterrupt(self._thread, wake.set))
        future = self._thread.submit(lambda: self._run(number, code, execution))
        future.add_done_callback(lambda _future: wake.set())
        wake.wait()
        if future.done():
            return future.result()
        self._left_alone = future
        return errors.error(STUCK, [])

    def complete(self, code: str, cursor: int) -> list[str]:
        """Names that may stand at the cursor; none while a statement runs."""
        if self._thread.busy or len(code) > CODE_LIMIT:
            return []
        asked = self._thread.submit(lambda: self._started().complete(code, cursor))
        with contextlib.suppress(FutureTimeout, ReplStartError):
            return asked.result(COMPLETION_S)
        return []

    def add_jar(self, path: str) -> None:
        """Let cells name the classes of a jar, those that follow the statement that runs now."""
        self._thread.submit(lambda: self._add_jar(path))

    def _add_jar(self, path: str) -> None:
        self._jars.append(path)
        if self._repl is not None:
            self._repl.add_jar(path)

    def _run(self, number: int, code: str, execution: Execution) -> Output:
        context = self._spark.sparkContext
        context.setJobGroup(job_group(number), "", interruptOnCancel=True)
        try:
            return Cell(self._started(), self._thread.user_code, execution, self._rich).run(code)
        except ReplStartError as error:
            return errors.error(f"The Scala REPL did not start: {error}", [])
        except Py4JNetworkError:
            # A connection of which the thread was stopped is made anew by the next call.
            if execution.cancelled:
                return errors.interrupted()
            raise
        except Exception as error:
            # The compiler itself has failed, on code that is nested too deeply for one.
            return errors.error(f"The Scala REPL failed: {first_line(error)}", [])
        finally:
            if execution.cancelled:
                context._jvm.java.lang.Thread.interrupted()

    def _started(self) -> Repl:
        """The REPL. A second one in the same JVM would meet classes of the first."""
        if self._failure is not None:
            raise self._failure
        if self._repl is None:
            try:
                repl = Repl(self._spark, self._class_dir)
                for jar in self._jars:
                    repl.add_jar(jar)
            except ReplStartError as error:
                self._failure = error
                raise
            except Exception as error:
                self._failure = ReplStartError(first_line(error))
                raise self._failure from error
            self._repl = repl
        return self._repl


class ScalaInterrupt:
    """Ends the code of a cell in steps; the REPL itself is never disturbed."""

    def __init__(self, thread: ScalaThread, give_up: Callable[[], None]) -> None:
        self._thread = thread
        self._give_up = give_up
        self._began = time.monotonic()

    def __call__(self, attempt: int) -> None:
        """Interrupt what waits, at later attempts stop what does not, at last leave it alone."""
        if attempt == 0:
            self._began = time.monotonic()
        if time.monotonic() - self._began > GIVE_UP_S and self._thread.in_user_code:
            self._give_up()
            return
        with contextlib.suppress(Exception):
            self._thread.end_user_code(by_force=attempt > 0)
