"""JSON lines over one connection."""

from __future__ import annotations

import contextlib
import json
import socket
from collections.abc import Iterator
from typing import Any

Message = dict[str, Any]


def encode(message: Message) -> bytes:
    """One line; text that is not Unicode stays as escapes, so that every line can be read."""
    return (json.dumps(message, separators=(",", ":"), allow_nan=False) + "\n").encode("ascii")


class Channel:
    """A two-way stream of JSON objects."""

    def __init__(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError):
            # Answers are small and awaited; a pair of local sockets has no such option.
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._connection = connection
        self._reader = connection.makefile("rb")

    def send(self, content: bytes) -> bool:
        """Send whole lines; False when the other side is gone."""
        try:
            self._connection.sendall(content)
        except OSError:
            return False
        return True

    def first(self, limit: int, timeout_s: float) -> Message | None:
        """The first message, or None when it is too long, too late or no message."""
        self._connection.settimeout(timeout_s)
        try:
            message = json.loads(self._reader.readline(limit))
        except (OSError, ValueError):
            return None
        self._connection.settimeout(None)
        return message if isinstance(message, dict) else None

    def messages(self) -> Iterator[Message]:
        """Messages until the other side closes or dies; lines that are none are left out."""
        while line := self._line():
            with contextlib.suppress(ValueError, RecursionError):
                message = json.loads(line)
                if isinstance(message, dict):
                    yield message

    def _line(self) -> bytes:
        try:
            return self._reader.readline()
        except (OSError, ValueError):
            return b""

    def close(self) -> None:
        """End both directions; a reader in another thread sees the end."""
        with contextlib.suppress(OSError):
            self._connection.shutdown(socket.SHUT_RDWR)
        self._connection.close()
