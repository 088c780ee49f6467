"""Tails of whole topics: each has a consumer of its own, which stands where it was asked to."""

from __future__ import annotations

import time
from typing import Any

from headrace.errors import StreamError
from headrace.relay_admin import RelayAdmin
from headrace.relay_errors import names_of, told
from headrace.relay_records import Clients, Record, weight

# Text of records that one turn answers with, characters, about.
TURN_CHARACTERS = 1_000_000
# How long one consumer is asked while others wait, milliseconds.
_SLICE_MS = 50
# How often it is made sure that the brokers answer and topics are still the same, seconds.
_LOOK_SECONDS = 2.0
# A tail that nobody polls for this long is forgotten, seconds.
_IDLE_SECONDS = 300.0

Place = tuple[str, int]


class _Tail:
    def __init__(self, clients: Clients):
        self.clients = clients
        self.consumer = clients.consumer()
        self.places: dict[Place, Any] = {}
        self.at: dict[Place, int] = {}
        self.polled = 0.0

    def stand(self, positions: list[dict[str, Any]]) -> None:
        """Moves to where the next record of each partition is wanted."""
        wanted = {(one["topic"], one["partition"]): int(one["offset"]) for one in positions}
        if wanted.keys() != self.places.keys():
            self.places = {place: self.clients.place(*place) for place in wanted}
            self.at = {}
            self.consumer.assign(self.clients.list(self.places.values()))
        for place, offset in wanted.items():
            if self.at.get(place) != offset:
                self.consumer.seek(self.places[place], offset)
        self.at = wanted

    def take(self, wait_ms: float, characters: int) -> tuple[list[dict[str, Any]], int]:
        """What each partition has that moved, and how much text that is."""
        found = self._poll(wait_ms)
        moved, used = [], 0
        for place, partition in self.places.items():
            batch: list[Record] = []
            listed = found.records(partition)
            if not listed.isEmpty():
                batch, size = self._cut(partition, self.clients.records(listed), characters - used)
                used += size
            after = self.consumer.position(partition)
            if after != self.at[place]:
                self.at[place] = after
                topic, number = place
                moved.append(
                    {"topic": topic, "partition": number, "next": str(after), "records": batch}
                )
        return moved, used

    def _poll(self, wait_ms: float) -> Any:
        try:
            return self.consumer.poll(self.clients.millis(wait_ms))
        except Exception as error:
            if "OffsetOutOfRangeException" not in names_of(error):
                raise
            # Retention went by: the oldest that is left comes next.
            self.consumer.seekToBeginning(
                error.java_exception.offsetOutOfRangePartitions().keySet()
            )
            return self.consumer.poll(self.clients.millis(wait_ms))

    def _cut(self, partition: Any, records: list[Record], room: int) -> tuple[list[Record], int]:
        """As many records as there is room for, one at least, unless there is none at all.

        The consumer goes back to the first of the others.
        """
        used = 0
        for index, record in enumerate(records):
            used += weight(record)
            if used > room and (index > 0 or room <= 0):
                self.consumer.seek(partition, int(record[0]))
                return records[:index], used
        return records, used


class RelayTails:
    """The tails of a notebook, by their ids."""

    def __init__(self, clients: Clients, admin: RelayAdmin):
        self._clients = clients
        self._admin = admin
        self._tails: dict[str, _Tail] = {}
        self._looked = 0.0
        self._turns = 0

    def drop(self, ids: list[str]) -> None:
        """Ends tails; and those that nobody has asked for long."""
        idle = time.monotonic() - _IDLE_SECONDS
        for name in [one for one, tail in self._tails.items() if one in ids or tail.polled < idle]:
            self._tails.pop(name).consumer.close(self._clients.millis(0))

    def poll(self, asked: list[dict[str, Any]], wait_ms: float) -> dict[str, Any]:
        """Records by tail, as soon as one has any; each turn begins with another tail."""
        if not asked:
            return {}
        answers = self._gone(asked)
        self._turns += 1
        first = self._turns % len(asked)
        standing = [one for one in asked[first:] + asked[:first] if one["id"] not in answers]
        room = TURN_CHARACTERS
        end = time.monotonic() + wait_ms / 1_000
        while standing:
            for one in standing:
                answers[one["id"]], used = self._take(one, _SLICE_MS / len(standing), room)
                room -= used
                if room <= 0:
                    break
            some = any(answer.get("ok", True) for answer in answers.values())
            if some or time.monotonic() >= end:
                break
        return {one["id"]: answers.get(one["id"], {"ok": []}) for one in asked}

    def _take(self, one: dict[str, Any], wait_ms: float, room: int) -> tuple[dict[str, Any], int]:
        try:
            moved, used = self._standing(one).take(wait_ms, room)
            return {"ok": moved}, used
        except StreamError:
            raise
        except Exception as error:
            failure = told(error)
            self.drop([one["id"]])
            return {"error": failure}, 0

    def _standing(self, one: dict[str, Any]) -> _Tail:
        tail = self._tails.get(one["id"])
        if tail is None:
            tail = self._tails[one["id"]] = _Tail(self._clients)
        tail.polled = time.monotonic()
        tail.stand(one["positions"])
        return tail

    def _gone(self, asked: list[dict[str, Any]]) -> dict[str, Any]:
        """Failures of tails whose topic is not that which they began with, looked for at times."""
        if time.monotonic() - self._looked < _LOOK_SECONDS:
            return {}
        topics = {at["topic"] for one in asked for at in one["positions"]}
        try:
            known = self._admin.identities(sorted(topics))
        except Exception as error:
            failure = told(error)
            return {one["id"]: {"error": failure} for one in asked}
        failures = {}
        for one in asked:
            gone = [at for at in one["positions"] if known.get(at["topic"]) != at["topicId"]]
            if gone:
                parts = {"kind": "missing", "topic": gone[0]["topic"], "existing": []}
                failures[one["id"]] = {"error": parts}
        if not failures:
            self._looked = time.monotonic()
        return failures
