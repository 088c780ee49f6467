"""The life of a batch: start Spark's process, wait for it, say how it ended."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

from driver.jvm import spark_environment
from link import Link, LogPump, read_request
from link.channel import Message

from batch.request import BatchRequest, command

GRACE_S = 5.0
"""Time that Spark has for its shutdown hooks before it is killed."""


class Batch:
    """One run of Spark's submission; held by the gateway through a link."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self._process: subprocess.Popen[bytes] | None = None
        self._status: int | None = None
        self._stopped = threading.Event()

    def snapshot(self) -> Message:
        """The batch as a new gateway has to know it."""
        return {"running": self._process is not None, "status": self._status}

    def receive(self, message: Message) -> None:
        """Take a message of the gateway."""
        if message.get("type") == "end":
            self.stop()

    def orphaned(self) -> None:
        """End, since no gateway came."""
        print("headrace: no gateway has come: the batch is stopped", flush=True)
        self.stop()

    def stop(self) -> None:
        """End Spark's process, by force after the grace time; `run` returns then."""
        with self._link.lock:
            self._stopped.set()
            process = self._process
        if process is None:
            return
        process.terminate()
        timer = threading.Timer(GRACE_S, process.kill)
        timer.daemon = True
        timer.start()

    def run(self, arguments: list[str], folder: Path) -> int:
        """Run Spark's process to its end; gives its exit status, negative for a signal."""
        with self._link.lock:
            if self._stopped.is_set():
                return -signal.SIGTERM
            self._process = _spark(arguments, folder)
            self._tell()
        status = self._process.wait()
        with self._link.lock:
            self._status = status
            self._tell()
        return status

    def _tell(self) -> None:
        self._link.publish({"type": "state", **self.snapshot()})


def _spark(arguments: list[str], folder: Path) -> subprocess.Popen[bytes]:
    # One stream, so that the log keeps the order in which Spark and the batch wrote.
    return subprocess.Popen(
        arguments, stdin=subprocess.DEVNULL, stderr=subprocess.STDOUT, env=spark_environment(folder)
    )


def _reason(status: int) -> str | None:
    if status == 0:
        return None
    return f"exit status {status}" if status > 0 else f"killed by signal {-status}"


def main() -> None:
    """Run the batch of the folder that the command line names."""
    folder = Path(sys.argv[1])
    asked = read_request(folder)
    link = Link(asked)
    pump = LogPump(link.log)
    batch = Batch(link)
    signal.signal(signal.SIGTERM, lambda *_: batch.stop())
    link.open(batch)
    request = BatchRequest(**asked.start)
    os.chdir(request.session(folder).working_dir)
    status = batch.run(command(request, folder), folder)
    pump.flush()
    link.finish(_reason(status))
    sys.stdout.flush()
    os._exit(0 if status == 0 else 1)
