"""The life of a driver process: start, statements one after another, end."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import threading
import time
import traceback
from pathlib import Path
from typing import Any

from link import Link, LogPump, read_request
from link.channel import Message

from driver import session
from driver.capture import CellStream, Recorder
from driver.dependencies import Dependencies
from driver.interrupt import Interrupts
from driver.jvm import Jvm, JvmStartError, describe_exit
from driver.kinds import Kinds
from driver.progress import ProgressReporter, job_group
from driver.settings import SessionRequest
from driver.side_requests import SideRequests
from driver.spark_errors import spark_message
from driver.statements import Output, Statement, StatementBook

JAVA_EXIT_S = 2.0
"""Time between the last answer of a JVM and the end of its process."""


class Driver:
    """Owns the JVM and runs statements on the main thread; held by the gateway through a link."""

    def __init__(self, request: SessionRequest, link: Link, pump: LogPump) -> None:
        self._request = request
        self._link = link
        self._pump = pump
        self._book = StatementBook(link)
        self._interrupts = Interrupts(self._cancel_jobs)
        self._jvm: Jvm | None = None
        self._ending = threading.Lock()
        self._spark: Any = None
        self._app_id: str | None = None
        self._side: SideRequests | None = None

    def snapshot(self) -> Message:
        """The session as a new gateway has to know it."""
        return {"app_id": self._app_id, **self._book.snapshot()}

    def receive(self, message: Message) -> None:
        """Take a message of the gateway."""
        kind = message["type"]
        if kind == "execute":
            self._book.add(message["id"], message["code"], message["kind"])
        elif kind == "cancel":
            if self._book.cancel(message["id"]):
                self._interrupts.cancel(message["id"])
        elif kind == "complete" and self._side is not None:
            self._side.complete(message)
        elif kind == "add" and self._side is not None:
            self._side.add(message)
        elif kind == "end":
            self._end_soon()

    def orphaned(self) -> None:
        """End, since no gateway came; nobody will look at the folder any more."""
        log("no gateway has come: the session ends")
        self._end(None)

    def run(self) -> None:
        """Start the session, then run statements for ever; `_end` is the only way out."""
        try:
            self._start()
            while True:
                self._run(self._book.begin_next())
        except BaseException as error:
            traceback.print_exc()
            self._end(self._fault(error))

    def _start(self) -> None:
        started = time.monotonic()
        log("waiting for Java")
        try:
            self._jvm = session.launch(self._request)
            threading.Thread(target=self._watch, args=(self._jvm,), daemon=True).start()
            session.prepare_environment(self._request)
            session.import_pyspark()
            self._jvm.connect()
            log("waiting for the Spark session")
            self._spark = session.create(self._request)
        except JvmStartError as error:
            self._end(str(error))
        except Exception as error:
            self._end(f"Spark did not start: {spark_message(str(error))}")
        log(f"session ready after {time.monotonic() - started:.1f} s")
        self._prepare()

    def _prepare(self) -> None:
        recorder = Recorder()
        sys.stdout = CellStream("stdout", sys.stdout, recorder)
        sys.stderr = CellStream("stderr", sys.stderr, recorder)
        context = self._spark.sparkContext
        self._kinds = Kinds(self._spark, self._request, recorder)
        self._progress = ProgressReporter(context.statusTracker(), self._book.progress)
        self._side = SideRequests(self._link, self._kinds, Dependencies(self._spark, self._kinds))
        self._interrupts.install()
        with self._link.lock:
            self._app_id = context.applicationId
            self._link.publish({"type": "ready", "app_id": self._app_id})
        self._kinds.warm_up(self._request.kind)

    def _run(self, statement: Statement) -> None:
        self._progress.watch(statement.id)
        output = self._execute(statement)
        self._progress.watch(None)
        self._book.finish(statement, output)

    def _execute(self, statement: Statement) -> Output:
        context = self._spark.sparkContext
        context.setJobGroup(job_group(statement.id), "", interruptOnCancel=True)
        execution = self._interrupts.begin(statement.id)
        try:
            return self._kinds.run(statement.id, statement.kind, statement.code, execution)
        finally:
            self._interrupts.end(execution)
            context._jsc.clearJobGroup()

    def _cancel_jobs(self, number: int) -> None:
        self._spark.sparkContext.cancelJobGroup(job_group(number))

    def _watch(self, process: Jvm) -> None:
        self._end(_java_ended(process.process.wait()))

    def _fault(self, error: BaseException) -> str:
        """Why statements cannot run any more; an end of the JVM is seen here first."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            if self._jvm is not None:
                return _java_ended(self._jvm.process.wait(JAVA_EXIT_S))
        return f"its Python has failed: {type(error).__name__}: {error}"

    def _end_soon(self) -> None:
        """End on a thread of its own: this one has to read on while the last messages go out."""
        threading.Thread(target=self._end, args=(None,), daemon=True).start()

    def _end(self, reason: str | None) -> None:
        """End this process and the JVM; the gateway is told the reason, now or when it comes."""
        if not self._ending.acquire(blocking=False):
            # Another thread is ending the process already.
            threading.Event().wait()
        if self._jvm is not None:
            self._jvm.stop()
        self._pump.flush()
        self._link.finish(reason)
        if reason is None:
            # The gateway does this too, unless it is the gateway that is gone.
            shutil.rmtree(self._request.session_dir, ignore_errors=True)
        os._exit(0 if reason is None else 1)


def _java_ended(status: int) -> str:
    return f"Java ended ({describe_exit(status)})"


def log(text: str) -> None:
    """One line in the log of the session."""
    print(f"headrace: {text}", file=sys.stderr, flush=True)


def main() -> None:
    """Serve the session whose folder is the only argument."""
    request = read_request(Path(sys.argv[1]))
    link = Link(request)
    pump = LogPump(link.log)
    driver = Driver(SessionRequest.from_message(request.start), link, pump)
    link.open(driver)
    driver.run()
