"""What a stream is asked to be: the JSON that the runtime sends, checked and typed."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from headrace.errors import StreamError
from headrace.kafka import Kafka

# Both are named in src/shared/names.ts as well.
TIME_COLUMN = "__hr_time"
ID_COLUMN = "__hr_id"

CLICKSTREAM_SCHEMA = "recordtime BIGINT, eventid BIGINT, url STRING, ip STRING"
CLICKSTREAM_TIMES = ("recordtime",)


@dataclass(frozen=True)
class Source:
    """A topic, and how the value of its records becomes columns."""

    topic: str
    format: str
    schema: str | None = None


@dataclass(frozen=True)
class Topics:
    """Topics that the stream writes; they exist before it starts."""

    results: str
    progress: str
    dead: str


@dataclass(frozen=True)
class StreamSpec:
    """One stream; ``raw`` is what the runtime sent, given back to it on adoption."""

    name: str
    sources: tuple[Source, ...]
    kind: str
    text: str
    start: str
    mode: str
    max_real_time_rate: float
    kafka: Kafka
    topics: Topics
    checkpoint: str
    resume: bool
    session: str
    table: str | None = None
    # Why real-time mode is not to be tried, as a clause; None where Spark itself is to say.
    real_time_refusal: str | None = None
    raw: dict[str, Any] = field(default_factory=dict, compare=False)


def parse_spec(text: str) -> StreamSpec:
    """Reads the JSON of :func:`headrace_streams.start`; the runtime has validated the values."""
    request = json.loads(text)
    spec = request["spec"]
    try:
        return StreamSpec(
            name=spec["name"],
            sources=tuple(
                Source(one["topic"], one["format"], one.get("schema")) for one in spec["sources"]
            ),
            kind=spec["query"]["kind"],
            text=spec["query"].get("text", ""),
            start=spec["from"],
            mode=spec["mode"],
            max_real_time_rate=float(spec["maxRealTimeRate"]),
            kafka=Kafka(",".join(request["brokers"]), request.get("kafka", {})),
            topics=Topics(**request["topics"]),
            checkpoint=request["checkpoint"],
            resume=bool(request["resume"]),
            session=request["session"],
            table=spec.get("table"),
            real_time_refusal=request.get("realTimeRefusal"),
            raw=spec,
        )
    except (KeyError, TypeError) as error:
        raise StreamError("HR_INTERNAL", f"The stream request lacks {error}") from error
