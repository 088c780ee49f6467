"""The Spark session of a driver process."""

from __future__ import annotations

import importlib
import logging
import os
import sys
import types
import warnings
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from driver import class_archive, jvm
from driver.figures import BACKEND
from driver.settings import SessionRequest, spark_settings

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

QUERY_LOGGERS = ("SQLQueryContextLogger", "DataFrameQueryContextLogger")
"""Loggers of pyspark that write each failed query to stderr as JSON, beside the error itself."""


def launch(request: SessionRequest, extra_options: list[str] | None = None) -> jvm.Jvm:
    """Start the JVM of a session; it comes up while this process goes on."""
    base = jvm.base_class_path(request.base_jars)
    archive = class_archive.use_options(request.archive_dir, request.java, base)
    options = [
        *jvm.fixed_options(request.memory_size),
        jvm.FIRST_TIER_ONLY,
        f"-Djava.io.tmpdir={request.session_dir / 'tmp'}",
        # The process itself works in the folder of the session, by which a stray one is known.
        f"-Duser.dir={request.working_dir}",
        *(archive if extra_options is None else extra_options),
    ]
    # Jars of the session come last: the archive is for the class path up to them.
    class_path = [*base, *(jar for jar in request.jars if not is_remote(jar))]
    settings = with_remote_jars(spark_settings(request), request.jars)
    command = jvm.command(request.java, options, class_path, settings)
    (request.session_dir / "tmp").mkdir(parents=True, exist_ok=True)
    return jvm.Jvm(command, request.session_dir)


def is_remote(path: str) -> bool:
    """Whether this is a URL that Spark has to fetch."""
    return "://" in path


def with_remote_jars(settings: Mapping[str, str], jars: Iterable[str]) -> dict[str, str]:
    """The settings with the jars that are elsewhere: Spark fetches them when it starts."""
    listed = [settings.get("spark.jars", ""), *filter(is_remote, jars)]
    text = ",".join(filter(None, listed))
    return {**settings, **({"spark.jars": text} if text else {})}


def import_pyspark() -> None:
    """Load what the first call to the JVM needs, while the JVM still comes up.

    pyspark's argument conversion imports its test tools, and those import pandas where it is there.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        importlib.import_module("pyspark.sql")
        importlib.import_module("pyspark.testing.utils")
    warnings.filterwarnings("ignore", message="PySpark does not yet fully support pandas")
    for name in QUERY_LOGGERS:
        logging.getLogger(name).disabled = True


def create(request: SessionRequest) -> SparkSession:
    """Create the Spark session in the JVM to which this process is connected."""
    from pyspark.sql import SparkSession

    spark = SparkSession.builder.getOrCreate()
    context = spark.sparkContext
    for file in request.py_files:
        context.addPyFile(file)
    for file in request.files:
        context.addFile(file)
    for archive in request.archives:
        context.addArchive(archive)
    return spark


def main_namespace(spark: SparkSession) -> dict[str, Any]:
    """The module `__main__` in which cells run, with the names that pyspark's own shell has."""
    module = types.ModuleType("__main__")
    sys.modules["__main__"] = module
    module.__dict__.update(spark=spark, sc=spark.sparkContext)
    return module.__dict__


def prepare_environment(request: SessionRequest) -> None:
    """Set up this process for cells: the working directory, and matplotlib without a screen."""
    os.environ.setdefault("MPLBACKEND", BACKEND)
    os.environ.setdefault("MPLCONFIGDIR", str(request.archive_dir / "matplotlib"))
    os.chdir(request.working_dir)
    sys.path.insert(0, "")
