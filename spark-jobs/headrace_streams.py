"""Streams of Headrace, started and stopped by statements of a Spark session.

Each function is called by a generated statement and prints one line of JSON: ``{"ok": ...}``, or
``{"error": {"code", "message", "why", "next"}}`` for what a person did wrong or can act on.
"""

from __future__ import annotations

import json
from typing import Any

from headrace.errors import StreamError
from headrace.registry import Registry
from headrace.spec import parse_spec
from pyspark.sql import SparkSession

# Streams outlive the statement that starts them, so the session keeps them here.
_registry = Registry()


def start(request: str) -> None:
    """Starts a stream, as the JSON of the runtime asks, and answers when its first query runs."""
    _answer(lambda: _registry.start(_session(), parse_spec(request)))


def stop(name: str, purge: bool = False) -> None:
    """Stops a stream and waits for its end; with ``purge`` its checkpoint is forgotten as well."""
    _answer(lambda: _registry.stop(_session(), name, purge))


def list_streams() -> None:
    """Names and states of the streams that this session has run."""
    _answer(_registry.list)


def _session() -> SparkSession:
    session = SparkSession.getActiveSession()
    if session is None:
        raise StreamError("HR_SESSION_DEAD", "The Spark session has ended")
    return session


def _answer(work: Any) -> None:
    try:
        answer = {"ok": work()}
    except StreamError as error:
        answer = {"error": error.as_json()}
    print(json.dumps(answer))
