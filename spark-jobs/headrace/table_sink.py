"""Rows of a stream appended to a Spark table, batch by batch."""

from __future__ import annotations

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.streaming.query import StreamingQuery

from headrace.files import Files


class TableSink:
    """Appends with a query of its own.

    The file sink of Structured Streaming skips batches whose number a table has seen before, so a
    new query could not append to the table of an earlier one; ordinary appends can. The number of
    the last batch is kept beside the checkpoint, so that a repeated batch is not appended twice.
    """

    def __init__(self, user: SparkSession, rows: DataFrame, table: str, folder: str):
        self._user = user
        self._rows = rows
        self._table = table
        self._folder = folder
        self._files = Files(user)

    def prepare(self) -> None:
        """Makes the table where it is missing, over the files of an earlier session if any."""
        catalog = self._user.catalog
        if catalog.tableExists(self._table):
            return
        columns = ", ".join(f"`{name}` {kind}" for name, kind in self._rows.dtypes)
        create = f"CREATE TABLE {self._table} ({columns}) USING parquet"
        location = self._location()
        if self._files.exists(location):
            quoted = location.replace("'", "\\'")
            self._user.sql(f"{create} LOCATION '{quoted}'")
        else:
            self._files.delete(self._folder)
            self._user.sql(create)

    def _location(self) -> str:
        warehouse = self._user.conf.get("spark.sql.warehouse.dir") or "spark-warehouse"
        return f"{warehouse}/{self._table.lower()}"

    def start(self, name: str, interval: str) -> StreamingQuery:
        """Starts the query that appends."""
        return (
            self._rows.writeStream.queryName(name)
            .option("checkpointLocation", f"{self._folder}/checkpoint")
            .outputMode("append")
            .trigger(processingTime=interval)
            .foreachBatch(self._append)
            .start()
        )

    def _append(self, rows: DataFrame, batch: int) -> None:
        marker = f"{self._folder}/last-batch"
        last = self._files.read(marker)
        if last is not None and batch <= int(last):
            return
        rows.write.mode("append").saveAsTable(self._table)
        self._files.write(marker, str(batch))
        # Each session remembers the files of a table; the user's has to look again.
        self._user.catalog.refreshTable(self._table)
