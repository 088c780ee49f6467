"""`python -m driver.cds`: makes the class-data archive that lets sessions start faster.

Runs one short session that touches what a first cell touches, and lets the JVM write down the
classes that it has loaded. Where that fails, sessions work without; the exit status says so.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from driver import class_archive, jvm, session
from driver.settings import SessionRequest

WRITE_TIMEOUT_S = 180.0


def main(arguments: list[str] | None = None) -> int:
    """Make the archive unless it is there; 0 on success."""
    parser = argparse.ArgumentParser(prog="python -m driver.cds", description=__doc__)
    parser.add_argument("--java", required=True, help="the java program")
    parser.add_argument("--archives", required=True, type=Path, help="folder of the archives")
    parser.add_argument(
        "--jar", action="append", default=[], help="a jar of every session, in order"
    )
    options = parser.parse_args(arguments)
    options.archives.mkdir(parents=True, exist_ok=True)
    target = class_archive.archive_path(
        options.archives, options.java, jvm.base_class_path(options.jar)
    )
    if target.exists():
        return 0
    try:
        _make(options.java, options.jar, options.archives, target)
    except (jvm.JvmStartError, OSError, subprocess.SubprocessError) as error:
        print(f"No class-data archive: {error}. Sessions start without it.", file=sys.stderr)
        return 1
    return 0


def _make(java: str, jars: list[str], folder: Path, target: Path) -> None:
    part = target.with_suffix(f".{os.getpid()}.part")
    try:
        with tempfile.TemporaryDirectory(prefix="headrace-archive-") as scratch:
            request = SessionRequest(
                name="headrace-archive",
                session_dir=Path(scratch),
                java=java,
                archive_dir=folder,
                base_jars=jars,
            )
            recording = class_archive.record_options(folder, java, part)
            process = session.launch(request, recording)
            try:
                process.connect()
                _exercise(session.create(request), Path(scratch))
            finally:
                process.stop(WRITE_TIMEOUT_S)
        if not part.exists():
            raise jvm.JvmStartError("Java did not write it")
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _exercise(spark: Any, scratch: Path) -> None:
    """Load the classes of first cells: SQL, JSON, rows, a stateful stream, the Kafka source."""
    frame = spark.sql("SELECT id, id % 3 AS k, to_json(struct(id)) AS j FROM range(100)")
    frame.groupBy("k").count().orderBy("k").collect()
    frame.createOrReplaceTempView("rows")
    spark.sql("SELECT k, max(j) FROM rows GROUP BY k LIMIT 2").take(3)
    stream = spark.readStream.format("rate").load().groupBy("value").count()
    query = (
        stream.writeStream.format("noop")
        .outputMode("update")
        .option("checkpointLocation", str(scratch / "checkpoint"))
        .trigger(availableNow=True)
        .start()
    )
    query.awaitTermination(60)
    try:
        spark.readStream.format("kafka").option("kafka.bootstrap.servers", "127.0.0.1:1").option(
            "subscribe", "none"
        ).load()
    except Exception as error:
        print(f"Archive without the Kafka connector: {error}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
