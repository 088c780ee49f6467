"""Topics, by the client of Kafka that administrates."""

from __future__ import annotations

import time
from typing import Any

from headrace.relay_errors import RelayError, missing, names_of
from headrace.relay_records import Clients

# A topic appears and disappears in the metadata some milliseconds after the controller agreed.
_SETTLE_STEP_SECONDS = 0.05
_SETTLE_SECONDS = 5.0
# Settings that are told even where the topic has the cluster's default.
_ALWAYS_TOLD = ("cleanup.policy", "retention.ms")
_OWN_SETTING = "DYNAMIC_TOPIC_CONFIG"


class RelayAdmin:
    """What a turn may ask of topics."""

    def __init__(self, clients: Clients):
        self._clients = clients
        self._opened: Any = None
        self._asking: Any = None

    @property
    def _admin(self) -> Any:
        if self._opened is None:
            self._opened = self._clients.admin()
        return self._opened

    @property
    def _consumer(self) -> Any:
        """Tells offsets."""
        if self._asking is None:
            self._asking = self._clients.consumer()
        return self._asking

    def list(self) -> list[str]:
        """Names of all topics, those of Kafka itself included."""
        options = self._clients.jvm.org.apache.kafka.clients.admin.ListTopicsOptions()
        return list(self._admin.listTopics(options.listInternal(True)).names().get())

    def create(self, topics: list[dict[str, Any]]) -> dict[str, Any]:
        """Makes all topics, or none where the name of one is taken."""
        names = [topic["name"] for topic in topics]
        taken = set(names) & set(self.list())
        if taken:
            raise RelayError("exists", topic=sorted(taken)[0])
        new = self._clients.list(self._new_topic(topic) for topic in topics)
        self._admin.createTopics(new).all().get()
        self._settled(names, True)
        self.ranges(names)
        return {}

    def delete(self, names: list[str]) -> dict[str, Any]:
        """Deletes topics that exist, and waits until they are gone."""
        self._require(names)
        self._admin.deleteTopics(self._clients.list(names)).all().get()
        self._settled(names, False)
        return {}

    def describe(self, name: str) -> dict[str, Any]:
        """A topic with its offsets and settings."""
        self._require([name])
        described = self._described([name])[name]
        offsets = {one["partition"]: one for one in self._offsets({name: described})}
        partitions = []
        for info in described.partitions():
            leader, number = info.leader(), info.partition()
            partitions.append(
                {
                    "id": number,
                    "leader": -1 if leader is None else leader.id(),
                    "replicas": [node.id() for node in info.replicas()],
                    "isr": [node.id() for node in info.isr()],
                    "earliest": offsets[number]["earliest"],
                    "latest": offsets[number]["latest"],
                }
            )
        return {"name": name, "partitions": partitions, "config": self._config(name)}

    def ranges(self, names: list[str]) -> list[dict[str, Any]]:
        """What each partition of topics holds, which must exist, with identities of topics."""
        self._require(names)
        return self._offsets(self._described(names))

    def ends(self, names: list[str]) -> dict[str, list[str]]:
        """End offsets in the order of partitions; topics that are gone are left out."""
        existing = set(self.list())
        known = [name for name in names if name in existing]
        found: dict[str, list[str]] = {}
        for one in self._offsets(self._described(known)):
            found.setdefault(one["topic"], []).append(one["latest"])
        return found

    def identities(self, names: list[str]) -> dict[str, str]:
        """Identities of those of the topics that exist."""
        return {name: one.topicId().toString() for name, one in self._described(names).items()}

    def partitions(self, name: str) -> int:
        """How many partitions a topic has, which must exist."""
        described = self._described([name]).get(name)
        if described is None:
            raise missing(name, self.list())
        return described.partitions().size()

    def _require(self, names: list[str]) -> None:
        existing = self.list()
        for name in names:
            if name not in existing:
                raise missing(name, existing)

    def _described(self, names: list[str]) -> dict[str, Any]:
        """Descriptions of those topics that exist."""
        if not names:
            return {}
        asked = self._admin.describeTopics(self._clients.list(names)).topicNameValues()
        found = {}
        for name in names:
            try:
                found[name] = asked.get(name).get()
            except Exception as error:
                if "UnknownTopicOrPartitionException" not in names_of(error):
                    raise
        return found

    def _offsets(self, described: dict[str, Any]) -> list[dict[str, Any]]:
        counts = {name: one.partitions().size() for name, one in described.items()}
        places = self._clients.list(
            self._clients.place(name, number)
            for name, count in counts.items()
            for number in range(count)
        )
        earliest = self._clients.numbers(self._consumer.beginningOffsets(places))
        latest = self._clients.numbers(self._consumer.endOffsets(places))
        return [
            {
                "topic": name,
                "topicId": described[name].topicId().toString(),
                "partition": number,
                "earliest": str(earliest[name, number]),
                "latest": str(latest[name, number]),
            }
            for name, count in counts.items()
            for number in range(count)
        ]

    def _config(self, name: str) -> dict[str, str]:
        config = self._clients.jvm.org.apache.kafka.common.config.ConfigResource
        resource = config(config.Type.TOPIC, name)
        asked = self._admin.describeConfigs(self._clients.list([resource])).all().get()
        entries = self._clients.jvm.java.util.ArrayList(asked.get(resource).entries())
        return {
            entry.name(): entry.value() or ""
            for entry in entries
            if entry.name() in _ALWAYS_TOLD or entry.source().name() == _OWN_SETTING
        }

    def _new_topic(self, topic: dict[str, Any]) -> Any:
        configs = self._clients.jvm.java.util.HashMap()
        for name, value in topic.get("config", {}).items():
            configs.put(name, value)
        new = self._clients.jvm.org.apache.kafka.clients.admin.NewTopic
        made = new(topic["name"], topic["partitions"], topic.get("replicationFactor", -1))
        return made.configs(configs)

    def _settled(self, names: list[str], present: bool) -> None:
        end = time.monotonic() + _SETTLE_SECONDS
        while time.monotonic() < end:
            existing = set(self.list())
            if all((name in existing) == present for name in names):
                return
            time.sleep(_SETTLE_STEP_SECONDS)
        raise RelayError("unsettled", topics=names, hides=present)
