"""Kafka for a notebook whose machine does not reach the brokers: one statement does what waits.

A turn is a JSON object: calls, which are done in their order, and polls of tails, for which it then
waits until one has records. Whoever asks keeps the positions, so that a poll can be asked again.
"""

from __future__ import annotations

import json
from typing import Any

from pyspark.sql import SparkSession

from headrace.errors import StreamError
from headrace.kafka import Kafka
from headrace.relay_admin import RelayAdmin
from headrace.relay_errors import told
from headrace.relay_producer import RelayProducer
from headrace.relay_reader import RelayReader
from headrace.relay_records import Clients
from headrace.relay_tails import RelayTails

# Clients outlive the statement that needs them, so the session keeps them here.
_relays: dict[str, Relay] = {}


def turn(request: str) -> None:
    """Does what a turn asks, and prints one line of JSON: ``{"ok": ...}`` or ``{"error": ...}``."""
    try:
        asked = json.loads(request)
        answer = {"ok": _relay(asked["kafka"]).turn(asked)}
    except StreamError as error:
        answer = {"error": error.as_json()}
    print(json.dumps(answer))


def _relay(kafka: dict[str, Any]) -> Relay:
    key = json.dumps(kafka, sort_keys=True)
    if key not in _relays:
        spark = SparkSession.getActiveSession()
        if spark is None:
            raise StreamError("HR_SESSION_DEAD", "The Spark session has ended")
        _relays[key] = Relay(spark._jvm, Kafka(kafka["brokers"], kafka["options"]))
    return _relays[key]


class Relay:
    """The clients of one Kafka, and what may be asked of them."""

    def __init__(self, jvm: Any, kafka: Kafka):
        clients = Clients(jvm, kafka)
        self._admin = RelayAdmin(clients)
        self._producer = RelayProducer(clients, self._admin)
        self._reader = RelayReader(clients)
        self._tails = RelayTails(clients, self._admin)
        self._operations = {
            "list": lambda _: self._admin.list(),
            "create": lambda call: self._admin.create(call["topics"]),
            "delete": lambda call: self._admin.delete(call["topics"]),
            "describe": lambda call: self._admin.describe(call["topic"]),
            "ranges": lambda call: self._admin.ranges(call["topics"]),
            "ends": lambda call: self._admin.ends(call["topics"]),
            "send": lambda call: self._producer.send(call["topic"], call["records"]),
            "read": self._reader.read,
        }

    def turn(self, asked: dict[str, Any]) -> dict[str, Any]:
        """Answers by the ids of what was asked."""
        self._tails.drop(asked["drop"])
        calls = {call["id"]: self._call(call) for call in asked["calls"]}
        polls = self._tails.poll(asked["polls"], asked["waitMs"])
        return {"calls": calls, "polls": polls}

    def _call(self, call: dict[str, Any]) -> dict[str, Any]:
        try:
            return {"ok": self._operations[call["op"]](call)}
        except StreamError:
            raise
        except Exception as error:
            return {"error": told(error)}
