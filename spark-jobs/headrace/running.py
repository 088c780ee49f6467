"""The streaming queries of one stream in Spark: the one that makes its results, and companions."""

from __future__ import annotations

import contextlib
import json
from typing import Any

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql.streaming.query import StreamingQuery

from headrace.facts import Offsets, ProgressFacts, distance, finished_batch
from headrace.files import Files
from headrace.kafka_client import KafkaClient
from headrace.modes import CATCH_UP, REAL_TIME
from headrace.queries import Query
from headrace.results import as_records
from headrace.spec import StreamSpec
from headrace.table_sink import TableSink

# Real-time mode commits its checkpoint once in this time, with a pause of about half a second, and
# repeats at most as much input after a restart.
REAL_TIME_INTERVAL = "1 minute"
COMPANION_INTERVAL = "1 second"


def settings() -> dict[str, str]:
    """Session settings that the queries of a stream depend on, whatever the user's session has."""
    state = "org.apache.spark.sql.execution.streaming.state.RocksDBStateStoreProvider"
    return {
        "spark.sql.adaptive.enabled": "false",
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.streaming.stateStore.providerClass": state,
        "spark.sql.streaming.stateStore.checkpointFormatVersion": "2",
    }


class Running:
    """Starts, watches and stops the queries; used by the supervisor's thread alone."""

    def __init__(
        self,
        spark: SparkSession,
        spec: StreamSpec,
        query: Query,
        table: TableSink | None,
        starting: Offsets,
    ):
        self._spark = spark
        self._spec = spec
        self._kafka = KafkaClient(spark, spec.kafka)
        self._files = Files(spark)
        self._table = table
        self._starting = starting
        self._facts = ProgressFacts()
        self._query: StreamingQuery | None = None
        self._real_time = False
        self._companions: list[StreamingQuery] = []
        self._dead = None if query.dead is None else _to_topic(query.dead, spec.topics.dead)
        self._results = _to_topic(as_records(query.result), spec.topics.results)
        # Real-time mode cannot unite aggregated rows with others; then they have their own query.
        if self._dead is not None and not query.result.aggregated:
            self._results = self._results.withColumn("headers", _no_headers())
            self._results = self._results.unionByName(self._dead)
            self._dead = None

    def start(self, mode: str) -> None:
        """Starts the query in a mode, and the companions with the first one."""
        self._take_progress()
        self._forget_unfinished_start()
        writer = self._writer(self._results, "results", self._spec.name)
        if mode == REAL_TIME:
            writer = writer.trigger(realTime=REAL_TIME_INTERVAL)
        elif mode == CATCH_UP:
            writer = writer.trigger(availableNow=True)
        self._query = writer.start()
        self._real_time = mode == REAL_TIME
        if not self._companions:
            self.start_companions()

    def _forget_unfinished_start(self) -> None:
        """Empties a checkpoint without a finished batch: Spark refuses state that it may hold."""
        folder = f"{self._spec.checkpoint}/results"
        if not any(name.isdigit() for name in self._files.names(f"{folder}/commits")):
            self._files.delete(folder)

    def _writer(self, frame: DataFrame, part: str, name: str) -> Any:
        return (
            frame.writeStream.format("kafka")
            .queryName(name)
            .options(**self._spec.kafka.sink())
            .option("checkpointLocation", f"{self._spec.checkpoint}/{part}")
            .outputMode("update")
        )

    def start_companions(self) -> None:
        """Starts the companions that do not run."""
        running = {one.name: one for one in self._companions if one.isActive}
        dead, table = f"{self._spec.name} (dead letters)", f"{self._spec.name} (table)"
        if self._dead is not None and dead not in running:
            writer = self._writer(self._dead, "dead", dead)
            running[dead] = writer.trigger(processingTime=COMPANION_INTERVAL).start()
        if self._table is not None and table not in running:
            running[table] = self._table.start(table, COMPANION_INTERVAL)
        self._companions = list(running.values())

    def is_active(self) -> bool:
        """Whether the query of the results runs."""
        return self._query is not None and self._query.isActive

    def is_flowing(self) -> bool:
        """Whether the job of a real-time query runs.

        The first batch of a session is planned for some seconds, in which records already wait.
        Other modes have no job before there are records, so that nothing can be told from them.
        """
        if self._query is None or not self._real_time:
            return self._query is not None
        tracker = self._spark.sparkContext.statusTracker()
        return len(tracker.getJobIdsForGroup(self._query.runId)) > 0

    def exception(self) -> Exception | None:
        """Why that query ended, or None when it ended by itself."""
        return None if self._query is None else self._query.exception()

    def companion_end(self) -> Exception | None:
        """Why a companion has ended, which none does by itself; None while all run."""
        ended = next((one for one in self._companions if not one.isActive), None)
        if ended is None:
            return None
        return ended.exception() or RuntimeError(f"{ended.name} was stopped")

    def end_offsets(self) -> dict[str, dict[int, int]]:
        """End offsets of the source topics."""
        return {one.topic: self._kafka.end_offsets(one.topic) for one in self._spec.sources}

    def held(self, ends: Offsets) -> int:
        """Records that the source topics hold before these offsets."""
        begins = {one.topic: self._kafka.beginning_offsets(one.topic) for one in self._spec.sources}
        return distance(begins, ends)

    def offered(self, ends: Offsets) -> int:
        """Records that came before these offsets, from the place on where the stream began."""
        return distance(self._starting, ends)

    def late_and_watermark(self) -> tuple[int, int | None]:
        """Input rows that all queries so far left out as late, and the watermark, epoch ms."""
        self._take_progress()
        return self._facts.late, self._facts.watermark

    def _take_progress(self) -> None:
        if self._query is not None:
            # By the object of the JVM: PySpark's list reads all that Spark remembers, each time.
            self._facts.take(self._query._jsq.recentProgress())

    def backlog(self, ends: dict[str, dict[int, int]]) -> int | None:
        """Records before these offsets that are in no finished batch; None before the first."""
        progress = self._query.lastProgress if self._query is not None else None
        if progress is None:
            return None
        waiting = 0
        for source in progress["sources"]:
            offsets = json.loads(source["endOffset"] or "{}")
            for topic, done in offsets.items():
                known = ends.get(topic, {})
                waiting += sum(max(0, known.get(int(p), 0) - at) for p, at in done.items())
        return waiting

    def batch(self) -> int | None:
        """Number of the last finished batch."""
        progress = self._query.lastProgress if self._query is not None else None
        return None if progress is None else finished_batch(progress)

    def stop_query(self) -> None:
        """Stops the query of the results; an unfinished batch is repeated by the next start."""
        if self._query is None:
            return
        self._query.stop()
        self._take_progress()
        self._query = None

    def stop(self) -> None:
        """Stops all queries."""
        with contextlib.ExitStack() as stack:
            for companion in self._companions:
                stack.callback(companion.stop)
            stack.callback(self.stop_query)

    def report(self, event: dict[str, Any]) -> None:
        """Sends the state of the stream to its progress topic."""
        self._kafka.send(self._spec.topics.progress, "state", event)

    def announce(self, descriptor: dict[str, Any]) -> None:
        """Tells, once a start, what the stream is."""
        self._kafka.send(self._spec.topics.progress, "descriptor", descriptor)

    def close(self) -> None:
        """Ends the connections to Kafka."""
        self._kafka.close()


def _to_topic(frame: DataFrame, topic: str) -> DataFrame:
    return frame.withColumn("topic", F.lit(topic))


def _no_headers() -> F.Column:
    return F.lit(None).cast("array<struct<key:string,value:binary>>")
