"""What every session starts with; each setting gives way to the create request."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

SLOTS = 64
"""Task slots of the local master: threads, not cores.

A real-time query holds a slot for each of its tasks as long as it runs, so slots have to be many.
"""

SHUFFLE_PARTITIONS = 2
DEFAULT_MEMORY = "1g"

SQL_ROW_LIMIT_KEY = "livy.rsc.sql.num-rows"
"""Livy's own setting for the most rows that a `sql` statement returns."""
DEFAULT_SQL_ROWS = 1000

RICH_OUTPUT_KEY = "spark.headrace.richOutput"
"""Asks for more than Livy gives: exact tables, all outputs in order, errors without machinery."""

WORKING_DIRECTORY_KEY = "spark.headrace.workingDirectory"
"""Directory that relative paths in cells start from."""

BARE_LOCAL_FS_JAR = "hadoop-bare-naked-local-fs"
"""Name of the jar whose file system does without a process for each change of a file mode."""


@dataclass(frozen=True)
class SessionRequest:
    """What the gateway asks for when it starts the process."""

    name: str
    session_dir: Path
    java: str
    archive_dir: Path
    base_jars: Sequence[str]
    kind: str = "shared"
    jars: Sequence[str] = ()
    py_files: Sequence[str] = ()
    files: Sequence[str] = ()
    archives: Sequence[str] = ()
    memory: str | None = None
    conf: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def from_message(cls, message: Mapping[str, object]) -> SessionRequest:
        """Read what the gateway has left in the folder of the session."""
        values = dict(message)
        values.pop("type", None)
        values["session_dir"] = Path(str(values["session_dir"]))
        values["archive_dir"] = Path(str(values["archive_dir"]))
        return cls(**values)  # type: ignore[arg-type]

    @property
    def memory_size(self) -> str:
        """Heap of the JVM, as Java writes it."""
        return self.memory or self.conf.get("spark.driver.memory") or DEFAULT_MEMORY

    @property
    def sql_rows(self) -> int:
        """The most rows that a `sql` statement returns."""
        text = self.conf.get(SQL_ROW_LIMIT_KEY, "")
        return int(text) if text.isdigit() else DEFAULT_SQL_ROWS

    @property
    def rich_output(self) -> bool:
        """Whether the client of the session knows Headrace's own forms of output."""
        return self.conf.get(RICH_OUTPUT_KEY, "").lower() == "true"

    @property
    def working_dir(self) -> Path:
        """Directory of the process: the one asked for when it exists, else that of the session."""
        asked = Path(self.conf.get(WORKING_DIRECTORY_KEY, ""))
        return asked if asked.is_absolute() and asked.is_dir() else self.session_dir


def spark_settings(request: SessionRequest) -> dict[str, str]:
    """Spark settings of the session, those of the request last."""
    asked = {key: text for key, text in request.conf.items() if key.startswith("spark.")}
    settings = {
        "spark.app.name": request.name,
        **_local_settings(request.session_dir),
        **_scheduler_settings(),
        **_streaming_settings(),
        **_python_settings(),
        **_file_system_settings([*request.base_jars, *request.jars]),
        **asked,
    }
    # As in Livy, the master is the endpoint's business and not the session's.
    settings["spark.master"] = f"local[{SLOTS}]"
    return settings


def _local_settings(session_dir: Path) -> dict[str, str]:
    return {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.sql.warehouse.dir": str(session_dir / "warehouse"),
        "spark.sql.catalogImplementation": "in-memory",
        # PyArrow is not part of the private environment; else toPandas() warns in every cell.
        "spark.sql.execution.arrow.pyspark.enabled": "false",
    }


def _scheduler_settings() -> dict[str, str]:
    cores = str(max(2, os.cpu_count() or 2))
    return {
        # FAIR shares slots between the task sets of streams and cells; the file makes it so inside
        # the one default pool, where Spark's own default is first come, first served.
        "spark.scheduler.mode": "FAIR",
        "spark.scheduler.allocation.file": str(Path(__file__).with_name("fair-scheduler.xml")),
        # Else a cell whose job holds all slots ends a real-time query at its next batch.
        "spark.scheduler.pipelinedGroup.slotCheck.enabled": "false",
        "spark.default.parallelism": cores,
        "spark.sql.leafNodeDefaultParallelism": cores,
        "spark.sql.shuffle.partitions": str(SHUFFLE_PARTITIONS),
    }


def _streaming_settings() -> dict[str, str]:
    provider = "org.apache.spark.sql.execution.streaming.state.RocksDBStateStoreProvider"
    return {
        "spark.sql.streaming.stateStore.providerClass": provider,
        # Real-time mode takes no other format, and a checkpoint cannot change its own later.
        "spark.sql.streaming.stateStore.checkpointFormatVersion": "2",
    }


def _python_settings() -> dict[str, str]:
    # Without PyArrow pyspark would warn at each Python function that it does without.
    found = importlib.util.find_spec("pyarrow") is not None
    return {"spark.sql.execution.pythonUDF.arrow.enabled": str(found).lower()}


def _file_system_settings(jars: Sequence[str]) -> dict[str, str]:
    if not any(Path(jar).name.startswith(BARE_LOCAL_FS_JAR) for jar in jars):
        return {}
    streaming = "org.apache.spark.sql.execution.streaming"
    manager = f"{streaming}.checkpointing.FileSystemBasedCheckpointFileManager"
    return {
        "spark.hadoop.fs.file.impl": "com.globalmentor.apache.hadoop.fs.BareLocalFileSystem",
        "spark.sql.streaming.checkpointFileManagerClass": manager,
    }
