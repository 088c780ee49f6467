"""JSON lines between the gateway and the driver, over one socket that cells never see."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from typing import Any

Message = dict[str, Any]

GATEWAY_FD = 3
"""File descriptor on which the gateway hands the socket over."""


class Channel:
    """A two-way stream of JSON objects; sending is safe from any thread."""

    def __init__(self, connection: socket.socket) -> None:
        connection.set_inheritable(False)
        self._connection = connection
        self._reader = connection.makefile("r", encoding="utf-8", newline="\n")
        self._lock = threading.Lock()

    @classmethod
    def inherited(cls, fd: int = GATEWAY_FD) -> Channel:
        """The channel that the gateway opened before it started this process."""
        return cls(socket.socket(fileno=fd))

    def send(self, message: Message) -> None:
        """Send one message; a gateway that is gone is noticed by the reader, not here."""
        line = json.dumps(message, separators=(",", ":"), allow_nan=False) + "\n"
        with self._lock:
            try:
                self._connection.sendall(line.encode("utf-8", "replace"))
            except OSError:
                return

    def messages(self) -> Iterator[Message]:
        """Messages until the gateway closes its end or dies."""
        try:
            for line in self._reader:
                yield json.loads(line)
        except OSError:
            return
