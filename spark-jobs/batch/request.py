"""What a batch was asked for, and the command that runs it."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from driver.class_archive import use_options
from driver.jvm import MAIN_CLASS, base_class_path, fixed_options
from driver.settings import SessionRequest, spark_settings

SESSION_ONLY = ("spark.scheduler.", "spark.default.parallelism", "spark.sql.warehouse.dir")
"""Settings that share one Spark among the cells and streams of a notebook; a batch has its own."""


@dataclass(frozen=True)
class BatchRequest:
    """What the gateway asks for when it starts the process."""

    java: str
    archive_dir: str
    base_jars: Sequence[str]
    file: str
    name: str | None = None
    class_name: str | None = None
    args: Sequence[str] = ()
    conf: Mapping[str, str] = field(default_factory=dict)
    memory: str | None = None
    jars: Sequence[str] = ()
    py_files: Sequence[str] = ()
    files: Sequence[str] = ()
    archives: Sequence[str] = ()

    def session(self, folder: Path) -> SessionRequest:
        """The same, as far as it says something about the JVM and its Spark settings."""
        return SessionRequest(
            name=self.name or Path(self.file).name,
            session_dir=folder,
            java=self.java,
            archive_dir=Path(self.archive_dir),
            base_jars=self.base_jars,
            jars=self.jars,
            memory=self.memory,
            conf=self.conf,
        )


def command(request: BatchRequest, folder: Path) -> list[str]:
    """The command line of the JVM that submits the batch and is its driver."""
    session = request.session(folder)
    class_path = base_class_path(request.base_jars)
    settings = [
        part for key, text in _settings(session).items() for part in ("--conf", f"{key}={text}")
    ]
    return [
        request.java,
        *fixed_options(session.memory_size),
        *use_options(session.archive_dir, request.java, class_path),
        "-cp",
        os.pathsep.join(class_path),
        MAIN_CLASS,
        *settings,
        *_options(request),
        request.file,
        *request.args,
    ]


def _settings(session: SessionRequest) -> dict[str, str]:
    asked = session.conf
    settings = {
        "spark.log.level": "WARN",
        **{
            key: text
            for key, text in spark_settings(session).items()
            if key in asked or not key.startswith(SESSION_ONLY)
        },
    }
    settings["spark.master"] = f"local[{max(2, os.cpu_count() or 2)}]"
    return settings


def _options(request: BatchRequest) -> list[str]:
    lists = {
        "--jars": request.jars,
        "--py-files": request.py_files,
        "--files": request.files,
        "--archives": request.archives,
    }
    options = [part for flag, paths in lists.items() if paths for part in (flag, ",".join(paths))]
    if request.class_name is not None:
        options += ["--class", request.class_name]
    return options
