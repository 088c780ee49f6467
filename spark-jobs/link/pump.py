"""Takes what this process and its children write to fd 1 and 2, whoever is there to read it."""

from __future__ import annotations

import faulthandler
import os
import selectors
import sys
import threading
from collections.abc import Callable

from link.log import LineCutter

CHUNK = 65_536
STREAMS = {1: "stdout", 2: "stderr"}


class LogPump:
    """Reads both streams through pipes of this process, so that no reader outside is needed."""

    def __init__(self, sink: Callable[[str, list[str]], None]) -> None:
        """Take the streams over; `sink` gets the name of a stream and its lines."""
        self._sink = sink
        self._cutters = {name: LineCutter() for name in STREAMS.values()}
        self._selector = selectors.DefaultSelector()
        self._flushed = threading.Semaphore(0)
        self._wake_reader, self._wake = os.pipe()
        self._selector.register(self._wake_reader, selectors.EVENT_READ, None)
        # A crash of the interpreter itself can only be written where no thread has to read it.
        faulthandler.enable(os.dup(2))
        sys.stdout.flush()
        sys.stderr.flush()
        for descriptor, name in STREAMS.items():
            self._selector.register(_replaced(descriptor), selectors.EVENT_READ, name)
        threading.Thread(target=self._run, name="log", daemon=True).start()

    def flush(self, timeout_s: float = 1.0) -> None:
        """Wait until all that was written before has reached the sink, but no longer than this."""
        sys.stdout.flush()
        sys.stderr.flush()
        os.write(self._wake, b"!")
        self._flushed.acquire(timeout=timeout_s)

    def _run(self) -> None:
        while True:
            ready = [key for key, _ in self._selector.select()]
            streams = [key for key in ready if key.data is not None]
            for key in streams:
                self._sink(key.data, self._cutters[key.data].feed(os.read(key.fd, CHUNK)))
            if not streams:
                os.read(self._wake_reader, 1)
                for name, cutter in self._cutters.items():
                    self._sink(name, cutter.rest())
                self._flushed.release()


def _replaced(descriptor: int) -> int:
    """Put a pipe in the place of a stream; children inherit its writing end."""
    reader, writer = os.pipe()
    os.dup2(writer, descriptor)
    os.close(writer)
    return reader
