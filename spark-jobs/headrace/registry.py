"""The streams of one Spark session, by name."""

from __future__ import annotations

import json
from typing import Any

from pyspark.sql import SparkSession

from headrace import queries
from headrace.errors import StreamError, first_sentence
from headrace.facts import starting_places
from headrace.files import Files
from headrace.kafka_client import KafkaClient, create_topic
from headrace.results import create_view, results_settings
from headrace.running import Running, settings
from headrace.sources import resolve_schema
from headrace.spec import Source, StreamSpec
from headrace.supervisor import Supervisor
from headrace.table_sink import TableSink

START_SECONDS = 120.0
STOP_SECONDS = 30.0


class Registry:
    """Starts, finds and stops streams; statements of a session run one after another."""

    def __init__(self) -> None:
        self._supervisors: dict[str, Supervisor] = {}

    def start(self, user: SparkSession, spec: StreamSpec) -> dict[str, Any]:
        """Starts a stream and describes it."""
        running = self._supervisors.get(spec.name)
        if running is not None and running.is_alive():
            raise StreamError(
                "HR_USAGE",
                f"The stream {spec.name} runs already",
                None,
                f"Stop it first with %stop --name {spec.name}.",
            )
        supervisor, descriptor = _launch(user, spec)
        self._supervisors[spec.name] = supervisor
        supervisor.start()
        try:
            supervisor.started.wait(START_SECONDS)
        except BaseException:
            # The cell was interrupted, and nobody would know of the stream.
            supervisor.ask_to_stop()
            raise
        if supervisor.failure is not None:
            raise supervisor.failure
        return {**descriptor, "realtime": supervisor.describe()}

    def stop(self, user: SparkSession, name: str, purge: bool) -> dict[str, Any]:
        """Stops a stream; one that does not run is no error, for it may have failed."""
        supervisor = self._supervisors.get(name)
        if supervisor is None:
            return {"stopped": False}
        ran = supervisor.is_alive()
        supervisor.ask_to_stop()
        supervisor.join(STOP_SECONDS)
        if supervisor.is_alive():
            raise StreamError("HR_TIMEOUT", f"The stream {name} did not stop in time")
        if purge:
            Files(user).delete(supervisor.spec.checkpoint)
            user.catalog.dropTempView(name)
            del self._supervisors[name]
        return {"stopped": ran}

    def list(self) -> list[dict[str, Any]]:
        """Names, runs and states of all streams."""
        return [
            {"name": name, "run": one.run_id, "state": one.state}
            for name, one in self._supervisors.items()
        ]


def _launch(user: SparkSession, spec: StreamSpec) -> tuple[Supervisor, dict[str, Any]]:
    files = Files(user)
    remembered = f"{spec.checkpoint}/sources.json"
    if not spec.resume:
        files.delete(spec.checkpoint)
    known = files.read(remembered)
    if known is None:
        sources = tuple(resolve_schema(user, spec.kafka, one) for one in spec.sources)
        starting, backlog = _starting_offsets(user, spec)
        content = {"sources": [vars(one) for one in sources], "starting": starting}
        files.write(remembered, json.dumps(content))
    else:
        content = json.loads(known)
        sources = tuple(Source(**one) for one in content["sources"])
        starting, backlog = content["starting"], None
    session = _own_session(user)
    query = queries.build(session, spec, sources, starting)
    table = _table_sink(user, spec, query)
    create_topic(user, spec.kafka, spec.topics.results, results_settings(query.result, spec.kafka))
    running = Running(session, spec, query, table, starting_places(starting))
    create_view(user, spec.kafka, spec.topics.results, spec.name, query.result)
    supervisor = Supervisor(spec, running, backlog)
    descriptor = {
        "run": supervisor.run_id,
        "spec": spec.raw,
        "columns": query.result.described(),
        "keys": list(query.result.keys),
        "aggregated": query.result.aggregated,
        "session": spec.session,
    }
    running.announce(descriptor)
    return supervisor, descriptor


def _own_session(user: SparkSession) -> SparkSession:
    """A session with the user's views and functions, but with settings and views of its own."""
    own = SparkSession(user.sparkContext, user._jsparkSession.cloneSession())
    for name, value in settings().items():
        own.conf.set(name, value)
    return own


def _starting_offsets(user: SparkSession, spec: StreamSpec) -> tuple[dict[str, str], int]:
    """Where each topic is read from, fixed so that `latest` is now, and how much waits there."""
    kafka = KafkaClient(user, spec.kafka)
    try:
        starting = {}
        backlog = 0
        for source in spec.sources:
            ends = kafka.end_offsets(source.topic)
            begins = kafka.beginning_offsets(source.topic) if spec.start == "earliest" else ends
            by_partition = {str(partition): offset for partition, offset in begins.items()}
            starting[source.topic] = json.dumps({source.topic: by_partition})
            backlog += sum(ends[partition] - begins[partition] for partition in ends)
        return starting, backlog
    finally:
        kafka.close()


def _table_sink(user: SparkSession, spec: StreamSpec, query: queries.Query) -> TableSink | None:
    if spec.table is None:
        return None
    if query.result.aggregated:
        raise StreamError(
            "HR_USAGE",
            "Rows of an aggregated query cannot be appended to a table",
            "they change while the stream runs",
            f"Leave --table out and query the stream itself: %sql SELECT * FROM {spec.name}.",
        )
    rows = query.result.rows.select(*[f"`{one.name}`" for one in query.result.columns])
    sink = TableSink(user, rows, spec.table, f"{spec.checkpoint}/table")
    try:
        sink.prepare()
    except Exception as error:
        raise StreamError(
            "HR_SQL", f"The table {spec.table} cannot be created", first_sentence(error)
        ) from error
    return sink
