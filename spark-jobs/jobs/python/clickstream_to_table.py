"""Appends the visits of a topic, CSV records `recordtime,eventid,url,ip`, to a table.

Records that do not parse stay in the topic; the job says how many they are.
Usage: clickstream_to_table.py BROKERS TOPIC OUTPUT [--mode available-now|continuous]
[--checkpoint PATH]
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import NoReturn

from pyspark.errors import StreamingQueryException
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql.streaming import StreamingQueryListener
from pyspark.sql.streaming.listener import (
    QueryProgressEvent,
    QueryStartedEvent,
    QueryTerminatedEvent,
)

KAFKA_SETTINGS = "spark.headrace.kafka."
TRIGGERS = {"available-now": {"availableNow": True}, "continuous": {"processingTime": "10 seconds"}}

CORRUPT = "_corrupt"
RECORD = f"recordtime BIGINT, eventid BIGINT, url STRING, ip STRING, {CORRUPT} STRING"
METRIC = "records"


class OneLineParser(argparse.ArgumentParser):
    """Says what is wrong, and how it is right, in one line."""

    def error(self, message: str) -> NoReturn:
        """End with exit status 2."""
        usage = " ".join(self.format_usage().split())
        self.exit(2, f"{self.prog}: {message}. {usage[0].upper()}{usage[1:]}\n")


def parse_arguments() -> argparse.Namespace:
    """What the job is told on its command line."""
    parser = OneLineParser(description=__doc__.splitlines()[0], allow_abbrev=False)
    parser.add_argument("brokers", help="addresses of Kafka, HOST:PORT separated by commas")
    parser.add_argument("topic", help="read from its beginning")
    parser.add_argument("output", help="path or URL of the table")
    parser.add_argument("--mode", choices=TRIGGERS, default="available-now")
    parser.add_argument("--checkpoint", metavar="PATH", help="default: OUTPUT-checkpoint")
    arguments = parser.parse_args()
    arguments.checkpoint = arguments.checkpoint or f"{arguments.output.rstrip('/')}-checkpoint"
    return arguments


def kafka_options(settings: list[tuple[str, str]]) -> dict[str, str]:
    """How to log in to Kafka, of the settings of Spark that begin ``spark.headrace.kafka.``."""
    return {
        name[len(KAFKA_SETTINGS) :]: value
        for name, value in settings
        if name.startswith(KAFKA_SETTINGS)
    }


def read_lines(spark: SparkSession, brokers: str, topic: str) -> DataFrame:
    """The values of a topic's records as text, from the oldest that Kafka still has."""
    return (
        spark.readStream.format("kafka")
        .options(**kafka_options(spark.sparkContext.getConf().getAll()))
        .option("kafka.bootstrap.servers", brokers)
        .option("subscribe", topic)
        .option("startingOffsets", "earliest")
        .load()
        .selectExpr("CAST(value AS STRING) AS value")
    )


def parse_visits(lines: DataFrame) -> DataFrame:
    """From CSV records in ``value`` to the columns of the table; what is left out is counted."""
    options = {"mode": "PERMISSIVE", "columnNameOfCorruptRecord": CORRUPT}
    is_bad = F.col("record").isNull() | F.col(f"record.{CORRUPT}").isNotNull()
    return (
        lines.select(F.from_csv("value", RECORD, options).alias("record"))
        .observe(
            METRIC,
            F.count(F.lit(1)).alias("read"),
            F.count(F.when(is_bad, 1)).alias("bad"),
        )
        .where(~is_bad)
        .selectExpr(
            "timestamp_millis(record.recordtime) AS recordtime",
            "record.eventid",
            "record.url",
            "record.ip",
        )
    )


class RecordCounter(StreamingQueryListener):
    """Prints, a batch at a time and at the end, how many records were read and did not parse."""

    def __init__(self) -> None:
        self._read = 0
        self._bad = 0

    def onQueryStarted(self, event: QueryStartedEvent) -> None:
        """Nothing is known yet."""

    def onQueryProgress(self, event: QueryProgressEvent) -> None:
        """Count one batch."""
        seen = event.progress.observedMetrics.get(METRIC)
        if seen is None:
            return
        self._read += seen.read
        self._bad += seen.bad
        print(f"batch {event.progress.batchId}: {seen.read} records, {seen.bad} did not parse")

    def onQueryTerminated(self, event: QueryTerminatedEvent) -> None:
        """Say the sums."""
        print(f"in all: {self._read} records, {self._bad} did not parse")


def main() -> None:
    """Run until all is in the table, or until the job is ended."""
    arguments = parse_arguments()
    spark = SparkSession.builder.getOrCreate()
    try:
        spark.streams.addListener(RecordCounter())
        query = (
            parse_visits(read_lines(spark, arguments.brokers, arguments.topic))
            .writeStream.format("parquet")
            .option("checkpointLocation", arguments.checkpoint)
            .trigger(**TRIGGERS[arguments.mode])
            .start(arguments.output)
        )
        query.awaitTermination()
    except StreamingQueryException as error:
        sys.exit(f"{Path(__file__).name}: {str(error).splitlines()[0]}")
    finally:
        spark.stop()  # Waits for the listener, so that the last count is printed.


if __name__ == "__main__":
    main()
