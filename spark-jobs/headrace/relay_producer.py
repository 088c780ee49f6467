"""Records on their way to the brokers."""

from __future__ import annotations

from typing import Any

from headrace.relay_admin import RelayAdmin
from headrace.relay_errors import RelayError, told
from headrace.relay_records import Clients


class RelayProducer:
    """Sends and waits for the acknowledgements of all in-sync replicas."""

    def __init__(self, clients: Clients, admin: RelayAdmin):
        self._clients = clients
        self._admin = admin
        self._opened: Any = None
        self._next = 0

    def send(self, topic: str, records: list[dict[str, Any]]) -> dict[str, int]:
        """Sends records in their order; a failure tells how many were acknowledged before it."""
        count = self._admin.partitions(topic)
        for record in records:
            if record.get("partition", 0) not in range(count):
                raise RelayError("partition", partition=record["partition"], count=count)
        if self._opened is None:
            self._opened = self._clients.producer()
        sent = [self._opened.send(self._record(topic, record, count)) for record in records]
        self._opened.flush()
        for index, future in enumerate(sent):
            try:
                future.get()
            except Exception as error:
                parts = told(error)
                raise RelayError("unsent", acknowledged=index, cause=parts) from error
        return {"acknowledged": len(sent)}

    def _record(self, topic: str, record: dict[str, Any], count: int) -> Any:
        jvm = self._clients.jvm
        headers = None
        if record.get("headers"):
            header = jvm.org.apache.kafka.common.header.internals.RecordHeader
            pairs = record["headers"].items()
            headers = self._clients.list(header(name, value.encode()) for name, value in pairs)
        return jvm.org.apache.kafka.clients.producer.ProducerRecord(
            topic,
            self._partition(record, count),
            record.get("timestamp"),
            record.get("key"),
            record["value"],
            headers,
        )

    def _partition(self, record: dict[str, Any], count: int) -> int | None:
        """The key decides, by Kafka's own rule; records without one go round."""
        if "partition" in record:
            return record["partition"]
        if record.get("key") is not None:
            return None
        self._next = (self._next + 1) % count
        return self._next
