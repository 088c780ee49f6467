"""What waits to be sent to a gateway, so that a slow gateway never holds the process up."""

from __future__ import annotations

import threading

from link.channel import Channel, Message, encode
from link.log import LogRing


class Outbox:
    """Sends messages from a thread of its own, in order. Of the log only the newest lines wait."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._waiting: list[bytes] = []
        self._log = LogRing()
        self._logged = False
        self._changed = threading.Condition()
        self._sending = False
        self._closed = False
        threading.Thread(target=self._run, name="outbox", daemon=True).start()

    def put(self, message: Message) -> None:
        """Send a message when its turn comes."""
        line = encode(message)
        with self._changed:
            self._waiting.append(line)
            self._changed.notify_all()

    def put_log(self, stream: str, lines: list[str]) -> None:
        """Send lines of the log, or what is left of them when it can be sent."""
        with self._changed:
            self._log.add(stream, lines)
            self._logged = True
            self._changed.notify_all()

    def flush(self, timeout_s: float) -> None:
        """Wait until all is sent, but no longer than this."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or not self._busy(), timeout_s)

    def close(self) -> None:
        """Send no more."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        self._channel.close()

    def _busy(self) -> bool:
        return bool(self._waiting) or self._logged or self._sending

    def _run(self) -> None:
        while content := self._next():
            if not self._channel.send(content):
                self.close()
                return

    def _next(self) -> bytes:
        with self._changed:
            self._sending = False
            self._changed.notify_all()
            self._changed.wait_for(lambda: self._closed or self._waiting or self._logged)
            if self._closed:
                return b""
            self._sending = True
            waiting, self._waiting = self._waiting, []
            if self._logged:
                self._logged = False
                waiting.append(encode({"type": "log", "lines": self._log.take()}))
            return b"".join(waiting)
