"""The life of a driver process: start, statements one after another, end with the gateway."""

from __future__ import annotations

import os
import queue
import shutil
import sys
import threading
import time
from collections.abc import Iterator
from typing import Any

from driver import session
from driver.capture import CellStream, Recorder
from driver.channel import Channel, Message
from driver.interrupt import Interrupts
from driver.jvm import Jvm, JvmStartError, describe_exit
from driver.kinds import Kinds
from driver.progress import ProgressReporter, job_group
from driver.settings import SessionRequest
from driver.spark_errors import spark_message


class Driver:
    """Owns the JVM and runs statements on the main thread."""

    def __init__(self, request: SessionRequest, channel: Channel) -> None:
        self._request = request
        self._channel = channel
        self._statements: queue.SimpleQueue[Message] = queue.SimpleQueue()
        self._interrupts = Interrupts(self._cancel_jobs)
        self._jvm: Jvm | None = None
        self._ending = threading.Lock()
        self._spark: Any = None

    def listen(self, messages: Iterator[Message]) -> None:
        """Take messages on a thread of its own, and end everything when there are no more."""
        threading.Thread(target=self._listen, args=(messages,), daemon=True).start()

    def run(self) -> None:
        """Start the session, then run statements for ever; `_end` is the only way out."""
        self._start()
        streams, recorder = self._streams()
        sys.stdout, sys.stderr = streams
        kinds = Kinds(self._spark, self._request, recorder)
        progress = ProgressReporter(self._spark.sparkContext.statusTracker(), self._report)
        self._interrupts.install()
        self._channel.send({"type": "ready", "app_id": self._spark.sparkContext.applicationId})
        while True:
            message = self._statements.get()
            progress.watch(message["id"])
            output = self._execute(kinds, message)
            progress.watch(None)
            self._channel.send({"type": "done", "id": message["id"], "output": output})

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

    def _streams(self) -> tuple[tuple[CellStream, CellStream], Recorder]:
        recorder = Recorder()
        out = CellStream("stdout", sys.stdout, recorder)
        err = CellStream("stderr", sys.stderr, recorder)
        return (out, err), recorder

    def _execute(self, kinds: Kinds, message: Message) -> dict[str, Any]:
        number = message["id"]
        context = self._spark.sparkContext
        context.setJobGroup(job_group(number), "", interruptOnCancel=True)
        execution = self._interrupts.begin(number)
        try:
            return kinds.run(number, message["kind"], message["code"], execution)
        finally:
            self._interrupts.end(execution)
            context._jsc.clearJobGroup()

    def _cancel_jobs(self, number: int) -> None:
        self._spark.sparkContext.cancelJobGroup(job_group(number))

    def _report(self, number: int, fraction: float) -> None:
        self._channel.send({"type": "progress", "id": number, "fraction": fraction})

    def _listen(self, messages: Iterator[Message]) -> None:
        for message in messages:
            if message["type"] == "execute":
                self._statements.put(message)
            elif message["type"] == "cancel":
                self._interrupts.cancel(message["id"])
        self._end(None)

    def _watch(self, process: Jvm) -> None:
        status = process.process.wait()
        self._end(f"Java ended ({describe_exit(status)})")

    def _end(self, reason: str | None) -> None:
        """End this process and the JVM; a reason is told to the gateway, if it is still there."""
        if not self._ending.acquire(blocking=False):
            # Another thread is ending the process already.
            threading.Event().wait()
        if reason is not None:
            self._channel.send({"type": "failed", "reason": reason})
        if self._jvm is not None:
            self._jvm.stop()
        # The gateway does this too, unless it is the gateway that died.
        shutil.rmtree(self._request.session_dir, ignore_errors=True)
        os._exit(0 if reason is None else 1)


def log(text: str) -> None:
    """One line in the log of the session."""
    print(f"headrace: {text}", file=sys.stderr, flush=True)


def main() -> None:
    """Read the request from the channel and serve it until the gateway goes away."""
    channel = Channel.inherited()
    messages = channel.messages()
    first = next(messages, None)
    if first is None:
        return
    driver = Driver(SessionRequest.from_message(first), channel)
    driver.listen(messages)
    driver.run()
