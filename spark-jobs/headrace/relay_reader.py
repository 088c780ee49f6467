"""Records of one partition at any offset."""

from __future__ import annotations

import time
from typing import Any

from headrace.relay_errors import RelayError
from headrace.relay_records import Clients, Record, weight

# Text of records that one read answers with, characters, about.
_READ_CHARACTERS = 250_000
# How long a read waits for what it knows to be there, seconds, and one poll of it, milliseconds.
_PATIENCE_SECONDS = 5.0
_POLL_MS = 100


class RelayReader:
    """Reads without a group, one range after another."""

    def __init__(self, clients: Clients):
        self._clients = clients
        self._opened: Any = None

    def read(self, call: dict[str, Any]) -> dict[str, Any]:
        """The records from ``from`` on that fit, and where to go on; ``to`` is not read."""
        if self._opened is None:
            self._opened = self._clients.consumer()
        place = self._clients.place(call["topic"], call["partition"])
        end = int(call["to"])
        self._opened.assign(self._clients.list([place]))
        self._opened.seek(place, int(call["from"]))
        read: list[Record] = []
        room, at = _READ_CHARACTERS, int(call["from"])
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while at < end and room > 0:
            found = self._opened.poll(self._clients.millis(_POLL_MS)).records(place)
            after = self._opened.position(place)
            if after == at and time.monotonic() > deadline:
                raise RelayError("unreachable", why="the records of a partition do not come")
            at = after
            if found.isEmpty():
                continue
            for record in self._clients.records(found):
                if int(record[0]) >= end:
                    return {"records": read, "next": str(end)}
                if room <= 0:
                    return {"records": read, "next": record[0]}
                room -= weight(record)
                read.append(record)
        return {"records": read, "next": str(at)}
