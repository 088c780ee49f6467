"""Clients of Kafka in the JVM, and records as JSON.

A getter that Python calls is a message to the JVM and back, so records cross in one text for each
partition: Jackson, which Spark brings along, writes the fields of Kafka's own class.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable
from typing import Any

from headrace.errors import StreamError
from headrace.kafka import Kafka
from headrace.relay_sender import compile_sender

# A login by TLS and tokens takes seconds where a plain connection takes milliseconds.
_LOGIN_FACTOR = 3
# Bounds of what one poll holds.
_POLL_RECORDS = 2_000
_FETCH_BYTES = 1_048_576

# Offset, timestamp, key, value, headers.
Record = tuple[str, int, "str | None", "str | None", dict[str, str]]


class Clients:
    """Makes clients of one Kafka, and turns what they give into Python."""

    def __init__(self, jvm: Any, kafka: Kafka):
        self.jvm = jvm
        self._kafka = kafka
        self._clients = jvm.org.apache.kafka.clients
        self._mapper = _mapper(jvm)

    def admin(self) -> Any:
        """A client that administrates."""
        limits = {"default.api.timeout.ms": 8_000, "request.timeout.ms": 4_000}
        return self._new(self._clients.admin.Admin, "create", limits, {})

    def producer(self) -> Any:
        """A producer of texts that waits for all replicas."""
        limits = {"max.block.ms": 8_000, "request.timeout.ms": 5_000, "delivery.timeout.ms": 12_000}
        texts = self.jvm.org.apache.kafka.common.serialization.StringSerializer
        settings = {"acks": "all", "linger.ms": "5"}
        return self._new(
            self._clients.producer, "KafkaProducer", limits, settings, texts(), texts()
        )

    def sender(self) -> Any:
        """What makes records of a text and sends them."""
        return compile_sender(self.jvm)

    def consumer(self) -> Any:
        """A consumer of texts without a group, which reads where it is told to."""
        limits = {"default.api.timeout.ms": 5_000, "request.timeout.ms": 4_000}
        texts = self.jvm.org.apache.kafka.common.serialization.StringDeserializer
        settings = {
            "enable.auto.commit": "false",
            "auto.offset.reset": "none",
            "max.poll.records": str(_POLL_RECORDS),
            "fetch.max.bytes": str(_FETCH_BYTES),
            "max.partition.fetch.bytes": str(_FETCH_BYTES),
        }
        return self._new(
            self._clients.consumer, "KafkaConsumer", limits, settings, texts(), texts()
        )

    def place(self, topic: str, partition: int) -> Any:
        """A partition as the clients name it."""
        return self.jvm.org.apache.kafka.common.TopicPartition(topic, partition)

    def millis(self, number: float) -> Any:
        """A duration of the JVM."""
        return self.jvm.java.time.Duration.ofMillis(int(number))

    def list(self, items: Iterable[Any]) -> Any:
        """A list of the JVM."""
        made = self.jvm.java.util.ArrayList()
        for item in items:
            made.add(item)
        return made

    def numbers(self, by_place: Any) -> dict[tuple[str, int], int]:
        """Offsets by topic and partition, of a map of the JVM."""
        found = json.loads(self._mapper.writeValueAsString(by_place))
        return {_place_of(name): number for name, number in found.items()}

    def records(self, found: Any) -> list[Record]:
        """The records of a list of the JVM."""
        return [_record(one) for one in json.loads(self._mapper.writeValueAsString(found))]

    def _new(
        self, owner: Any, name: str, limits: dict[str, int], settings: dict[str, str], *rest: Any
    ) -> Any:
        factor = _LOGIN_FACTOR if self._kafka.logs_in else 1
        times = {key: str(limit * factor) for key, limit in limits.items()}
        properties = self.jvm.java.util.Properties()
        for key, value in {**times, **settings, **self._kafka.client()}.items():
            properties.setProperty(key, value)
        make = getattr(owner, name)
        if not callable(make):
            raise StreamError(
                "HR_USAGE",
                "Spark has no client of Kafka",
                "the connector spark-sql-kafka-0-10 is not among the packages of its sessions",
                "Name it in spark.jars.packages of the profile, then attach again.",
            )
        return make(properties, *rest)


def _mapper(jvm: Any) -> Any:
    jackson = jvm.com.fasterxml.jackson
    mapper = jackson.databind.ObjectMapper()
    accessor, detect = jackson.annotation.PropertyAccessor, jackson.annotation.JsonAutoDetect
    mapper.setVisibility(accessor.ALL, detect.Visibility.NONE)
    mapper.setVisibility(accessor.FIELD, detect.Visibility.ANY)
    # Jackson refuses these without a module that Spark may not have; nothing of them is wanted.
    optional = jvm.java.lang.Class.forName("java.util.Optional")
    mapper.configOverride(optional).setIsIgnoredType(True)
    return mapper


def _place_of(name: str) -> tuple[str, int]:
    topic, _, partition = name.rpartition("-")
    return topic, int(partition)


def _record(fields: dict[str, Any]) -> Record:
    found = fields["headers"]
    headers = found["headers"] if isinstance(found, dict) else found
    return (
        str(fields["offset"]),
        fields["timestamp"],
        fields["key"],
        fields["value"],
        dict(_header(one) for one in headers),
    )


def _header(fields: dict[str, Any]) -> tuple[str, str]:
    """Kafka decodes name and value of a header when they are first asked for."""
    name, value = fields["key"], fields["value"] or fields["valueBuffer"]
    return _text(fields["keyBuffer"]) if name is None else name, _text(value)


def _text(encoded: str | None) -> str:
    return base64.b64decode(encoded or "").decode("utf-8", "replace")


def weight(record: Record) -> int:
    """How much of an answer a record takes, in characters, about."""
    _, _, key, value, headers = record
    texts = [key or "", value or "", *headers, *headers.values()]
    return 64 + sum(len(text) for text in texts)
