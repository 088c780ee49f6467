"""Small files and folders beside a checkpoint, on whatever file system the checkpoint is."""

from __future__ import annotations

from typing import Any

from pyspark.sql import SparkSession


class Files:
    """Hadoop's file systems by the gateway of the session; paths may be local or have a scheme."""

    def __init__(self, spark: SparkSession):
        self._jvm = spark._jvm
        self._conf = spark._jsparkSession.sessionState().newHadoopConf()

    def _open(self, path: str) -> tuple[Any, Any]:
        where = self._jvm.org.apache.hadoop.fs.Path(path)
        return where.getFileSystem(self._conf), where

    def exists(self, path: str) -> bool:
        """Whether a file or folder is there."""
        files, where = self._open(path)
        return bool(files.exists(where))

    def names(self, folder: str) -> list[str]:
        """Names of what a folder holds; empty where there is no such folder."""
        files, where = self._open(folder)
        if not files.exists(where):
            return []
        return [status.getPath().getName() for status in files.listStatus(where)]

    def delete(self, path: str) -> None:
        """Removes a file or a folder with all that is in it; nothing happens where none is."""
        files, where = self._open(path)
        files.delete(where, True)

    def write(self, path: str, text: str) -> None:
        """Writes a text file, with its folders, in place of any that was there."""
        files, where = self._open(path)
        stream = files.create(where, True)
        try:
            stream.write(bytearray(text.encode()))
        finally:
            stream.close()

    def read(self, path: str) -> str | None:
        """The text of a file, or None where there is none."""
        files, where = self._open(path)
        if not files.exists(where):
            return None
        stream = files.open(where)
        try:
            return bytes(stream.readAllBytes()).decode()
        finally:
            stream.close()
