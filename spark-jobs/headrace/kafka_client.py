"""Kafka by the Java client that the connector brings along: end offsets, and small JSON records."""

from __future__ import annotations

import json
from typing import Any

from pyspark.sql import SparkSession

from headrace.kafka import Kafka

# A login by TLS and tokens takes seconds where a plain connection takes milliseconds.
_LOGIN_FACTOR = 6


def _properties(jvm: Any, kafka: Kafka, extra: dict[str, str]) -> Any:
    properties = jvm.java.util.Properties()
    for name, value in {**kafka.client(), **extra}.items():
        properties.setProperty(name, value)
    return properties


def create_topic(spark: SparkSession, kafka: Kafka, name: str, settings: dict[str, str]) -> None:
    """Makes a topic of one partition, where there is none of this name."""
    jvm = spark._jvm
    admin = jvm.org.apache.kafka.clients.admin.Admin.create(_properties(jvm, kafka, {}))
    try:
        if admin.listTopics().names().get().contains(name):
            return
        configs = jvm.java.util.HashMap()
        for setting, value in settings.items():
            configs.put(setting, value)
        partitions, replicas = jvm.java.util.Optional.of(1), jvm.java.util.Optional.empty()
        topic = jvm.org.apache.kafka.clients.admin.NewTopic(name, partitions, replicas)
        topics = jvm.java.util.ArrayList()
        topics.add(topic.configs(configs))
        admin.createTopics(topics).all().get()
    finally:
        admin.close()


def _limits(kafka: Kafka, millis: dict[str, int]) -> dict[str, str]:
    factor = _LOGIN_FACTOR if kafka.logs_in else 1
    return {name: str(limit * factor) for name, limit in millis.items()}


class KafkaClient:
    """One producer and one consumer without a group; used by one thread only."""

    def __init__(self, spark: SparkSession, kafka: Kafka):
        jvm = spark._jvm
        self._jvm = jvm
        clients = jvm.org.apache.kafka.clients
        serialization = jvm.org.apache.kafka.common.serialization
        # Progress is worth no waiting: a broker that is away must not hold the supervisor for long.
        producing = {"max.block.ms": 2000, "delivery.timeout.ms": 10000, "request.timeout.ms": 5000}
        consuming = {"default.api.timeout.ms": 5000}
        self._producer = clients.producer.KafkaProducer(
            _properties(jvm, kafka, _limits(kafka, producing)),
            serialization.StringSerializer(),
            serialization.StringSerializer(),
        )
        self._consumer = clients.consumer.KafkaConsumer(
            _properties(jvm, kafka, _limits(kafka, consuming)),
            serialization.StringDeserializer(),
            serialization.StringDeserializer(),
        )
        self._partitions: dict[str, Any] = {}

    def send(self, topic: str, key: str, value: dict[str, Any]) -> None:
        """Sends a JSON record; it is delivered in the background, in order."""
        record = self._jvm.org.apache.kafka.clients.producer.ProducerRecord(
            topic, key, json.dumps(value, separators=(",", ":"))
        )
        self._producer.send(record)

    def _partitions_of(self, topic: str) -> Any:
        if topic not in self._partitions:
            partitions = self._jvm.java.util.ArrayList()
            for info in self._consumer.partitionsFor(topic):
                place = self._jvm.org.apache.kafka.common.TopicPartition(topic, info.partition())
                partitions.add(place)
            self._partitions[topic] = partitions
        return self._partitions[topic]

    def beginning_offsets(self, topic: str) -> dict[int, int]:
        """The first offset of each partition."""
        found = self._consumer.beginningOffsets(self._partitions_of(topic))
        return {place.partition(): offset for place, offset in found.items()}

    def end_offsets(self, topic: str) -> dict[int, int]:
        """The offset that the next record of each partition will have."""
        found = self._consumer.endOffsets(self._partitions_of(topic))
        return {place.partition(): offset for place, offset in found.items()}

    def close(self) -> None:
        """Delivers what was sent, for two seconds at the most, and ends the connections."""
        limit = self._jvm.java.time.Duration.ofSeconds(2)
        self._producer.close(limit)
        self._consumer.close(limit)
