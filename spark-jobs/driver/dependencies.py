"""Jars, Python files and files that are added to a session while it runs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from driver.kinds import Kinds


class Dependencies:
    """Adds dependencies where statements of every kind find them."""

    def __init__(self, spark: Any, kinds: Kinds) -> None:
        self._spark = spark
        self._kinds = kinds

    def add(self, kind: str, path: str) -> None:
        """Add a `jar`, a `pyfile` or a `file`; raises what Spark says."""
        if kind == "jar":
            self._add_jar(path)
        elif kind == "pyfile":
            self._spark.sparkContext.addPyFile(path)
        else:
            self._spark.sparkContext.addFile(path)

    def _add_jar(self, path: str) -> None:
        # As `ADD JAR` does: for executors, and for functions and sources that SQL names.
        self._spark._jsparkSession.sessionState().resourceLoader().addJar(path)
        local = Path(path)
        if local.is_file():
            self._add_to_class_path(local)
            self._kinds.add_jar(path)

    def _add_to_class_path(self, jar: Path) -> None:
        """Let `sc._jvm` find the classes; all threads of pyspark's gateway share this loader."""
        jvm = self._spark._jvm
        loader = jvm.org.apache.spark.util.Utils.getContextOrSparkClassLoader()
        while loader is not None and not _takes_jars(loader):
            loader = loader.getParent()
        if loader is not None:
            loader.addURL(jvm.java.io.File(str(jar)).toURI().toURL())


def _takes_jars(loader: Any) -> bool:
    """Whether this is the class loader that Spark makes for added jars."""
    name = loader.getClass().getName()
    return str(name).startswith("org.apache.spark.util.") and "URLClassLoader" in name
