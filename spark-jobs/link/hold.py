"""One process and the gateway that holds it."""

from __future__ import annotations

import contextlib
import hmac
import os
import socket
import threading
import traceback
from typing import Protocol

from link.channel import Channel, Message
from link.files import ENDPOINT_FILE, LAST_FILE, LinkRequest, write_whole
from link.identity import start_time
from link.log import LogRing
from link.outbox import Outbox

ORPHAN_VARIABLE = "HEADRACE_ORPHAN_SECONDS"
"""Environment variable: how long the process waits for a gateway when it has none."""
ORPHAN_SECONDS = 120.0
ATTACH_TIMEOUT_S = 5.0
ATTACH_BYTES = 4_096
SEND_LAST_S = 2.0
"""Time for the last messages of a process that ends."""


class Held(Protocol):
    """What the process is, as the link sees it; all methods are called from threads of the link."""

    def snapshot(self) -> Message:
        """All that a gateway needs to know that has seen nothing before; the link is locked."""

    def receive(self, message: Message) -> None:
        """Take a message of the gateway; an `end` among them asks the process to end."""

    def orphaned(self) -> None:
        """End: no gateway has come within the grace time."""


class Link:
    """The connection to the gateway, or the wait for one.

    State changes and the events that tell of them belong together: make both while holding `lock`,
    so that a snapshot has either both or none.
    """

    def __init__(self, request: LinkRequest) -> None:
        self.lock = threading.RLock()
        self._request = request
        self._log = LogRing()
        self._gateway: Outbox | None = None
        self._held: Held | None = None
        self._grace_s = float(os.environ.get(ORPHAN_VARIABLE) or ORPHAN_SECONDS)

    def open(self, held: Held) -> None:
        """Listen for gateways from now on."""
        self._held = held
        server = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._accept, args=(server,), name="link", daemon=True).start()
        self._count_down()
        endpoint = {"pid": os.getpid(), "start": start_time(), "port": server.getsockname()[1]}
        write_whole(self._request.folder / ENDPOINT_FILE, endpoint)

    def publish(self, message: Message) -> None:
        """Tell the gateway; one that comes later gets the snapshot instead."""
        with self.lock:
            if self._gateway is not None:
                self._gateway.put(message)

    def log(self, stream: str, lines: list[str]) -> None:
        """Add lines to the log of the process."""
        if lines:
            with self.lock:
                self._log.add(stream, lines)
                if self._gateway is not None:
                    self._gateway.put_log(stream, lines)

    def finish(self, reason: str | None) -> None:
        """Say that the process ends now, and why, to the gateway or to the next one."""
        with self.lock:
            gateway = self._gateway
            last = {"reason": reason, "snapshot": self._snapshot()}
            with contextlib.suppress(OSError):
                # A full disk, perhaps: the gateway that is attached is told all the same.
                write_whole(self._request.folder / LAST_FILE, last)
            self.publish({"type": "ending", "reason": reason})
        if gateway is not None:
            gateway.flush(SEND_LAST_S)

    def _snapshot(self) -> Message:
        state = {} if self._held is None else self._held.snapshot()
        return {"type": "snapshot", "log": self._log.lines(), "state": state}

    def _accept(self, server: socket.socket) -> None:
        while True:
            connection, _ = server.accept()
            threading.Thread(target=self._serve, args=(Channel(connection),), daemon=True).start()

    def _serve(self, channel: Channel) -> None:
        if not self._admits(channel.first(ATTACH_BYTES, ATTACH_TIMEOUT_S)):
            channel.close()
            return
        gateway = Outbox(channel)
        self._attach(gateway)
        for message in channel.messages():
            self._receive(message)
        self._detach(gateway)

    def _receive(self, message: Message) -> None:
        try:
            if self._held is not None:
                self._held.receive(message)
        except Exception:
            # The next message may be good; a reader that ends here would end the process with it.
            traceback.print_exc()

    def _admits(self, message: Message | None) -> bool:
        if message is None or message.get("type") != "attach":
            return False
        secret = str(message.get("secret", ""))
        return hmac.compare_digest(secret.encode(), self._request.secret.encode())

    def _attach(self, gateway: Outbox) -> None:
        with self.lock:
            former, self._gateway = self._gateway, gateway
            gateway.put(self._snapshot())
        if former is not None:
            former.put({"type": "replaced"})
            former.flush(SEND_LAST_S)
            former.close()

    def _detach(self, gateway: Outbox) -> None:
        gateway.close()
        with self.lock:
            if self._gateway is gateway:
                self._gateway = None
                self._count_down()

    def _count_down(self) -> None:
        timer = threading.Timer(self._grace_s, self._expire)
        timer.daemon = True
        timer.start()
        self._timer = timer

    def _expire(self) -> None:
        with self.lock:
            alone = self._gateway is None and threading.current_thread() is self._timer
        if alone and self._held is not None:
            self._held.orphaned()
