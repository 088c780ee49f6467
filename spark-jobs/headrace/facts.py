"""What is known of the way that records go: what topics hold, and what batches left out."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timezone
from typing import Any

# Offsets by topic, then by partition.
Offsets = Mapping[str, Mapping[int, int]]


def distance(begins: Offsets, ends: Offsets) -> int:
    """Records between two places; a partition without a first one has been read from its start."""
    return sum(
        max(0, end - begins.get(topic, {}).get(partition, 0))
        for topic, partitions in ends.items()
        for partition, end in partitions.items()
    )


def starting_places(starting: Mapping[str, str]) -> dict[str, dict[int, int]]:
    """The starting offsets that Spark's source takes, by topic, as numbers."""
    return {
        topic: {int(partition): at for partition, at in json.loads(text)[topic].items()}
        for topic, text in starting.items()
    }


def finished_batch(event: Mapping[str, Any]) -> int | None:
    """Number of the last finished batch; an event without a batch tells that of the next one."""
    number = int(event["batchId"])
    finished = number if "addBatch" in event["durationMs"] else number - 1
    return finished if finished >= 0 else None


class ProgressFacts:
    """Sums up the progress events of a stream, each once, over all queries that it had."""

    def __init__(self) -> None:
        # Input rows that came later than the watermark allows.
        self.late = 0
        # Epoch milliseconds; None without a watermark, and before the first one.
        self.watermark: int | None = None
        self._last: str | None = None

    def take(self, events: Sequence[Any]) -> None:
        """Takes the recent events of the query that runs now, the newest last, of the JVM."""
        news: list[str] = []
        for index in reversed(range(len(events))):
            text = events[index].json()
            if text == self._last:
                break
            news.append(text)
        for text in reversed(news):
            self._add(json.loads(text))
            self._last = text

    def _add(self, event: dict[str, Any]) -> None:
        for operator in event.get("stateOperators", []):
            self.late += max(0, operator.get("numRowsDroppedByWatermark", 0))
        at = event.get("eventTime", {}).get("watermark")
        # Spark's watermark is 1970 until the first event time was seen.
        if at is not None and (millis := _epoch_ms(at)) > 0:
            self.watermark = millis


def _epoch_ms(text: str) -> int:
    at = datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=timezone.utc)
    return round(at.timestamp() * 1000)
