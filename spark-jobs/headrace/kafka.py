"""Where Kafka is, and the options with which Spark and the Java client log in there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

_CLIENT = "kafka."


@dataclass(frozen=True)
class Kafka:
    """Brokers, and options of Spark's Kafka source and sink; those of the client begin `kafka.`."""

    brokers: str
    options: Mapping[str, str] = field(default_factory=dict)

    def client(self) -> dict[str, str]:
        """Properties of a client of Kafka."""
        own = {
            name[len(_CLIENT) :]: value
            for name, value in self.options.items()
            if name.startswith(_CLIENT)
        }
        return {"bootstrap.servers": self.brokers, **own}

    def sink(self) -> dict[str, str]:
        """Options of a Kafka sink of Spark."""
        return {f"{_CLIENT}{name}": value for name, value in self.client().items()}

    def source(self) -> dict[str, str]:
        """Options of a Kafka source of Spark, such as ``groupIdPrefix`` besides those of a sink."""
        return {**self.options, **self.sink()}

    @property
    def takes_tuning(self) -> bool:
        """Whether topics may have settings of how they are kept on disk.

        https://docs.aws.amazon.com/msk/latest/developerguide/serverless-config.html has the others.
        """
        return ".kafka-serverless." not in self.brokers

    @property
    def logs_in(self) -> bool:
        """Whether a connection has to log in, which takes a while."""
        return len(self.options) > 0
