"""Records on their way to the brokers."""

from __future__ import annotations

import json
from typing import Any

from headrace.relay_admin import RelayAdmin
from headrace.relay_errors import RelayError, told, told_by_java
from headrace.relay_records import Clients


class RelayProducer:
    """Sends and waits for the acknowledgements of all in-sync replicas."""

    def __init__(self, clients: Clients, admin: RelayAdmin):
        self._clients = clients
        self._admin = admin
        self._opened: Any = None
        self._sender: Any = None
        self._next = 0

    def send(self, topic: str, records: list[dict[str, Any]]) -> dict[str, int]:
        """Sends records in their order; a failure tells how many were acknowledged before it."""
        count = self._admin.partitions(topic)
        for record in records:
            if record.get("partition", 0) not in range(count):
                raise RelayError("partition", partition=record["partition"], count=count)
        placed = [self._placed(record, count) for record in records]
        if self._opened is None:
            self._sender = self._clients.sender()
            self._opened = self._clients.producer()
        acknowledged = self._send(topic, placed)
        failure = self._sender.failure()
        if failure is not None:
            cause = told_by_java(failure)
            raise RelayError("unsent", acknowledged=acknowledged, cause=cause)
        return {"acknowledged": acknowledged}

    def _send(self, topic: str, records: list[dict[str, Any]]) -> int:
        try:
            return self._sender.send(self._opened, topic, json.dumps(records))
        except Exception as error:
            raise RelayError("unsent", acknowledged=0, cause=told(error)) from error

    def _placed(self, record: dict[str, Any], count: int) -> dict[str, Any]:
        """The key decides, by Kafka's own rule; records without one go round."""
        if "partition" in record or record.get("key") is not None:
            return record
        self._next = (self._next + 1) % count
        return {**record, "partition": self._next}
