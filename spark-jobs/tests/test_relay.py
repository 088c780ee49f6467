"""What passes through the relay: turns, their bounds, and how failures are told."""

import json
from pathlib import Path

import pytest
from headrace import relay, relay_tails
from headrace.relay import Relay
from headrace.relay_errors import RelayError, told
from headrace.relay_producer import RelayProducer
from headrace.relay_reader import RelayReader
from headrace.relay_records import _record
from headrace.relay_tails import RelayTails


class Thrown(Exception):
    """What py4j raises: an error that holds the one of Java."""

    def __init__(self, name, message="", cause=None, **more):
        super().__init__(name)
        self.java_exception = JavaError(name, message, cause)
        for key, value in more.items():
            setattr(self.java_exception, key, value)


class JavaError:
    def __init__(self, name, message, cause):
        self._name, self._message, self._cause = name, message, cause

    def getClass(self):
        return self

    def getSimpleName(self):
        return self._name

    def getMessage(self):
        return self._message

    def getCause(self):
        return self._cause


class Found(list):
    """Records by partition, as a poll gives them."""

    def records(self, place):
        return Found(one for one in self if one[0] == place)

    def isEmpty(self):
        return not self


class Consumer:
    """Holds logs by partition: lists of records, their offsets their places in the list."""

    def __init__(self, logs, failures):
        self._logs, self._failures = logs, failures
        self._at = {}
        self.seeks = []
        self.closed = False

    def assign(self, places):
        self._at = dict.fromkeys(places, 0)

    def seek(self, place, offset):
        self.seeks.append((place, offset))
        self._at[place] = offset

    def seekToBeginning(self, places):
        for place in places:
            self.seek(place, 0)

    def position(self, place):
        return self._at[place]

    def poll(self, _wait):
        if self._failures:
            raise self._failures.pop(0)
        found = Found()
        for place, at in self._at.items():
            log = self._logs.get(place, [])
            found.extend((place, str(at + n), 0, None, v, {}) for n, v in enumerate(log[at:]))
            self._at[place] = len(log)
        return found

    def close(self, _wait):
        self.closed = True


class Clients:
    """Consumers in memory; everything else is what the tests need of the JVM."""

    def __init__(self, logs=(), failures=()):
        self._logs, self._failures = dict(logs), list(failures)
        self.consumers = []

    def consumer(self):
        self.consumers.append(Consumer(self._logs, self._failures))
        return self.consumers[-1]

    def place(self, topic, partition):
        return (topic, partition)

    def millis(self, number):
        return number

    def list(self, items):
        return list(items)

    def records(self, found):
        return [one[1:] for one in found]


class Admin:
    def __init__(self, identities):
        self.known = identities
        self.asked = 0

    def identities(self, names):
        self.asked += 1
        if isinstance(self.known, Exception):
            raise self.known
        return {name: self.known[name] for name in names if name in self.known}

    def partitions(self, _topic):
        return 2

    def list(self):
        return list(self.known)


def position(topic="words", partition=0, offset="0", topic_id="one"):
    return {"topic": topic, "topicId": topic_id, "partition": partition, "offset": offset}


def poll(tails, *positions, tail="t"):
    return tails.poll([{"id": tail, "positions": list(positions)}], 0)[tail]


def values(answer):
    return [record[3] for moved in answer["ok"] for record in moved["records"]]


@pytest.fixture
def log():
    return {("words", 0): ["a", "b"], ("words", 1): ["c"]}


def test_a_tail_goes_on_where_it_is_asked_to(log):
    clients = Clients(log)
    tails = RelayTails(clients, Admin({"words": "one"}))
    first = poll(tails, position(), position(partition=1))
    assert values(first) == ["a", "b", "c"]
    assert [moved["next"] for moved in first["ok"]] == ["2", "1"]
    assert poll(tails, position(offset="2"), position(partition=1, offset="1")) == {"ok": []}
    # An answer that was lost is asked for again.
    again = poll(tails, position(offset="1"), position(partition=1, offset="1"))
    assert values(again) == ["b"]
    assert len(clients.consumers) == 1


def test_an_answer_is_bounded_and_loses_nothing(log, monkeypatch):
    monkeypatch.setattr(relay_tails, "TURN_CHARACTERS", 100)
    log[("words", 0)] = [letter * 60 for letter in "abc"]
    tails = RelayTails(Clients(log), Admin({"words": "one"}))
    at, seen = "0", []
    for _ in range(3):
        answer = poll(tails, position(offset=at))
        seen += values(answer)
        assert len(values(answer)) == 1
        at = answer["ok"][0]["next"]
    assert seen == log[("words", 0)]


def test_what_retention_took_is_passed_over(log):
    class Places(dict):
        def keySet(self):
            return list(self)

    gone = Thrown(
        "OffsetOutOfRangeException", offsetOutOfRangePartitions=lambda: Places({("words", 0): 9})
    )
    tails = RelayTails(Clients(log, [gone]), Admin({"words": "one"}))
    assert values(poll(tails, position(offset="9"))) == ["a", "b"]


def test_a_topic_that_came_back_is_another(log):
    admin = Admin({"words": "two"})
    tails = RelayTails(Clients(log), admin)
    assert poll(tails, position())["error"] == {"kind": "missing", "topic": "words", "existing": []}
    admin.known = Thrown("TimeoutException", "nobody there")
    assert poll(tails, position())["error"]["kind"] == "unreachable"


def test_topics_are_not_looked_at_with_each_poll(log):
    admin = Admin({"words": "one"})
    tails = RelayTails(Clients(log), admin)
    for _ in range(5):
        poll(tails, position())
    assert admin.asked == 1


def test_tails_that_ended_let_go_of_their_connections(log):
    clients = Clients(log)
    tails = RelayTails(clients, Admin({"words": "one"}))
    poll(tails, position())
    tails.drop(["t"])
    assert [one.closed for one in clients.consumers] == [True]
    assert values(poll(tails, position())) == ["a", "b"]


def test_a_read_stops_before_its_end(log):
    call = {"topic": "words", "partition": 0, "from": "0", "to": "1"}
    answer = RelayReader(Clients(log)).read(call)
    assert ([one[3] for one in answer["records"]], answer["next"]) == (["a"], "1")


def test_failures_of_java_are_told_by_kind():
    inner = JavaError("InvalidConfigurationException", "Unknown topic config name: x", None)
    assert told(Thrown("ExecutionException", "outer", inner)) == {
        "kind": "refused",
        "why": "Unknown topic config name: x",
    }
    assert told(Thrown("TimeoutException", "late")) == {"kind": "unreachable", "why": "late"}
    assert told(Thrown("UnknownTopicOrPartitionException"))["kind"] == "missing"
    assert told(Thrown("TopicExistsException"))["kind"] == "exists"
    assert told(ZeroDivisionError("by zero")) == {
        "kind": "fault",
        "why": "ZeroDivisionError: by zero",
    }


def test_headers_are_read_decoded_or_not():
    fields = {"offset": 3, "timestamp": 5, "key": None, "value": "v"}
    raw = {"key": None, "keyBuffer": "w7w=", "value": None, "valueBuffer": "YQ=="}
    decoded = {"key": "n", "keyBuffer": None, "value": "Yg==", "valueBuffer": None}
    expected = ("3", 5, None, "v", {"ü": "a", "n": "b"})
    assert _record({**fields, "headers": {"headers": [raw, decoded]}}) == expected
    assert _record({**fields, "headers": [raw, decoded]}) == expected


class Sender:
    """Keeps what it is given, and fails with the third record."""

    def __init__(self):
        self.sent = []

    def send(self, _producer, _topic, records):
        self.sent = json.loads(records)
        return min(2, len(self.sent))

    def failure(self):
        return JavaError("TimeoutException", "late", None) if len(self.sent) > 2 else None


@pytest.fixture
def sender(monkeypatch):
    made = Sender()
    monkeypatch.setattr(Clients, "sender", lambda _: made, raising=False)
    monkeypatch.setattr(Clients, "producer", lambda _: None, raising=False)
    return made


def test_a_failure_tells_how_many_records_were_acknowledged(sender):
    with pytest.raises(RelayError) as failure:
        RelayProducer(Clients(), Admin({})).send("words", [{"value": str(n)} for n in range(5)])
    cause = {"kind": "unreachable", "why": "late"}
    assert failure.value.parts == {"kind": "unsent", "acknowledged": 2, "cause": cause}


def test_records_without_a_key_go_round_and_others_where_they_belong(sender):
    producer = RelayProducer(Clients(), Admin({}))
    producer.send("words", [{"value": "a"}, {"value": "b", "key": "k"}])
    places = [record.get("partition") for record in sender.sent]
    producer.send("words", [{"value": "c"}, {"value": "d", "partition": 0}])
    places += [record.get("partition") for record in sender.sent]
    assert places == [1, None, 0, 0]


def test_a_partition_that_is_not_there_sends_nothing(sender):
    with pytest.raises(RelayError) as failure:
        records = [{"value": "a"}, {"value": "b", "partition": 2}]
        RelayProducer(Clients(), Admin({})).send("words", records)
    assert failure.value.parts == {"kind": "partition", "partition": 2, "count": 2}
    assert sender.sent == []


MESSAGES = json.loads(Path(__file__).with_name("relay_messages.json").read_text())


def test_a_turn_is_answered_as_the_runtime_reads_it(log, sender, monkeypatch, capsys):
    clients, admin = Clients(log), Admin({"words": "one"})
    monkeypatch.setattr(relay, "Clients", lambda _jvm, _kafka: clients)
    monkeypatch.setattr(relay, "RelayAdmin", lambda _clients: admin)
    made = Relay(None, None)
    monkeypatch.setattr(relay, "_relay", lambda kafka: made if kafka else None)
    relay.turn(json.dumps(MESSAGES["request"]))
    assert json.loads(capsys.readouterr().out) == MESSAGES["answer"]
    assert sender.sent == []


def test_one_call_that_fails_does_not_take_the_others_along(monkeypatch, capsys):
    made = Relay.__new__(Relay)
    made._tails = RelayTails(Clients(), Admin({}))

    def fail(_call):
        raise Thrown("TimeoutException", "late")

    made._operations = {"list": lambda _: ["words"], "ends": fail}
    monkeypatch.setattr(relay, "_relay", lambda _kafka: made)
    calls = [{"id": "1", "op": "ends"}, {"id": "2", "op": "list"}]
    relay.turn(json.dumps({"kafka": {}, "waitMs": 0, "calls": calls, "polls": [], "drop": []}))
    answers = json.loads(capsys.readouterr().out)["ok"]["calls"]
    assert answers["1"] == {"error": {"kind": "unreachable", "why": "late"}}
    assert answers["2"] == {"ok": ["words"]}
