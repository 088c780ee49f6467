"""How options of Kafka reach clients, sources and sinks."""

import pytest
from headrace import kafka_client
from headrace.kafka import Kafka
from headrace.kafka_client import KafkaClient
from headrace.results import Result, results_settings
from headrace.sources import open_table
from headrace.spec import Source

IAM = Kafka(
    "b-1:9098",
    {
        "kafka.bootstrap.servers": "b-1:9098",
        "kafka.security.protocol": "SASL_SSL",
        "kafka.sasl.mechanism": "AWS_MSK_IAM",
        "groupIdPrefix": "headrace-nb",
    },
)
LOGIN = {
    "bootstrap.servers": "b-1:9098",
    "security.protocol": "SASL_SSL",
    "sasl.mechanism": "AWS_MSK_IAM",
}
SINK = {f"kafka.{name}": value for name, value in LOGIN.items()}


class Java:
    """Stands for packages, classes and objects of the JVM: keeps calls, by their dotted names."""

    def __init__(self, name="", calls=None):
        self._name = name
        self.calls = [] if calls is None else calls

    def __getattr__(self, name):
        return Java(f"{self._name}.{name}", self.calls)

    def __call__(self, *arguments):
        self.calls.append((self._name, arguments))
        return self


class Spark:
    """A session whose only way on is to the JVM."""

    def __init__(self):
        self._jvm = Java()

    def properties(self):
        """What was set in objects of the class Properties, the last wins."""
        setters = ".java.util.Properties.setProperty"
        return dict(arguments for name, arguments in self._jvm.calls if name == setters)


class Reader:
    """A reader of Spark that keeps its options and goes no further than its load."""

    def __init__(self):
        self.kept = {}
        self.readStream = self

    def format(self, name):
        assert name == "kafka"
        return self

    def option(self, name, value):
        self.kept[name] = value
        return self

    def options(self, **options):
        self.kept.update(options)
        return self

    def load(self):
        raise StopAsyncIteration


def test_a_plain_kafka_has_its_brokers_alone():
    plain = Kafka("a:1,b:2")
    assert plain.client() == {"bootstrap.servers": "a:1,b:2"}
    assert plain.sink() == plain.source() == {"kafka.bootstrap.servers": "a:1,b:2"}


def test_options_go_where_they_are_known():
    assert IAM.client() == LOGIN
    assert IAM.sink() == SINK
    assert IAM.source() == {**SINK, "groupIdPrefix": "headrace-nb"}


def test_clients_log_in_and_have_time_for_it():
    plain, login = Spark(), Spark()
    KafkaClient(plain, Kafka("a:1"))
    KafkaClient(login, IAM)
    assert plain.properties() == {
        "bootstrap.servers": "a:1",
        "max.block.ms": "2000",
        "delivery.timeout.ms": "10000",
        "request.timeout.ms": "5000",
        "default.api.timeout.ms": "5000",
    }
    told = login.properties()
    assert {name: told[name] for name in LOGIN} == LOGIN
    assert int(told["max.block.ms"]) > 2000


def test_topics_are_made_by_a_client_that_logs_in():
    spark = Spark()
    kafka_client.create_topic(spark, IAM, "results", {"cleanup.policy": "compact"})
    assert spark.properties() == LOGIN


def test_topics_of_msk_serverless_have_no_settings_of_the_disk():
    serverless = Kafka("boot-x.c1.kafka-serverless.eu-west-1.amazonaws.com:9098", {})
    for aggregated, kept in (
        (True, {"cleanup.policy"}),
        (False, {"cleanup.policy", "retention.bytes"}),
    ):
        result = Result(rows=None, columns=(), keys=(), aggregated=aggregated)
        tuned = results_settings(result, Kafka("a:1"))
        assert "segment.bytes" in tuned
        own = results_settings(result, serverless)
        assert set(own) == kept
        assert own.items() <= tuned.items()


def test_sources_log_in():
    reader = Reader()
    with pytest.raises(StopAsyncIteration):
        open_table(reader, IAM, Source("words", "text"), '{"words":{"0":1}}')
    own = {"subscribe": "words", "startingOffsets": '{"words":{"0":1}}'}
    assert reader.kept == {**SINK, "groupIdPrefix": "headrace-nb", **own}
