"""Counts the words of a topic into a table of ``word`` and ``n``, and prints the top of it.

Usage: word_count.py BROKERS TOPIC OUTPUT [--mode available-now|continuous] [--checkpoint PATH]
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from pyspark.errors import StreamingQueryException
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

PRINTED_ROWS = 20
KAFKA_SETTINGS = "spark.headrace.kafka."
TRIGGERS = {"available-now": {"availableNow": True}, "continuous": {"processingTime": "10 seconds"}}


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


def count_words(lines: DataFrame) -> DataFrame:
    """From lines of text in ``value`` to how often each word occurs."""
    words = lines.select(F.explode(F.split("value", r"\s+")).alias("word"))
    return words.where("word <> ''").groupBy("word").agg(F.count("*").alias("n"))


def replace_table(output: str) -> Callable[[DataFrame, int], None]:
    """Each batch has all counts so far, so one that is repeated after a crash changes nothing."""

    def write(batch: DataFrame, number: int) -> None:
        batch.write.mode("overwrite").parquet(output)
        print(f"batch {number}, the most frequent words:")
        # Read back, because a second use of the batch would compute it a second time.
        table = batch.sparkSession.read.parquet(output)
        table.orderBy(F.desc("n"), F.asc("word")).show(PRINTED_ROWS, truncate=False)

    return write


def main() -> None:
    """Run until all is counted, or until the job is ended."""
    arguments = parse_arguments()
    spark = SparkSession.builder.getOrCreate()
    try:
        query = (
            count_words(read_lines(spark, arguments.brokers, arguments.topic))
            .writeStream.outputMode("complete")
            .option("checkpointLocation", arguments.checkpoint)
            .trigger(**TRIGGERS[arguments.mode])
            .foreachBatch(replace_table(arguments.output))
            .start()
        )
        query.awaitTermination()
    except StreamingQueryException as error:
        sys.exit(f"{Path(__file__).name}: {str(error).splitlines()[0]}")
    finally:
        spark.stop()


if __name__ == "__main__":
    main()
