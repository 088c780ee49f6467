"""What runs the statements of each kind: `pyspark`, `sql`, and what the session does not have."""

from __future__ import annotations

from typing import Any

from driver import session
from driver.capture import Recorder
from driver.cell import CellRunner
from driver.interrupt import Execution
from driver.settings import SessionRequest

Output = dict[str, Any]

UNSUPPORTED = {
    "spark": ("Error", "Scala statements cannot run in this session; use pyspark or sql."),
    "sparkr": ("InterpreterError", "Fail to start interpreter"),
}


class Kinds:
    """The interpreters of one session; each statement runs on the main thread."""

    def __init__(self, spark: Any, request: SessionRequest, recorder: Recorder) -> None:
        self._spark = spark
        self._request = request
        self._cells = CellRunner(session.main_namespace(spark), recorder)

    def run(self, number: int, kind: str, code: str, execution: Execution) -> Output:
        """Run one statement and give its output in Livy's form; nothing is raised."""
        from driver.sql import run_sql

        if kind == "pyspark":
            return self._cells.run(number, code, execution)
        if kind == "sql":
            return run_sql(self._spark, code, self._request.sql_rows, execution)
        name, value = UNSUPPORTED.get(kind, ("Error", f"Invalid kind: {kind}"))
        return {"status": "error", "ename": name, "evalue": value, "traceback": []}

    def complete(self, _kind: str, _code: str, _cursor: int) -> list[str]:
        """Words that may stand at the cursor; called from another thread than statements."""
        return []
