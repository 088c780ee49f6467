"""What runs the statements of each kind: `spark`, `pyspark` and `sql`."""

from __future__ import annotations

from typing import Any

from driver import session
from driver.capture import Recorder
from driver.cell import CellRunner
from driver.completion import complete_python
from driver.interrupt import Execution, JavaCallInterrupt
from driver.livy_cell import LivyCellRunner
from driver.scala.runner import ScalaRunner
from driver.settings import SessionRequest
from driver.sql import SqlRunner

Output = dict[str, Any]

ALIASES = {"scala": "spark", "python": "pyspark", "r": "sparkr"}
"""Livy's second names of its kinds."""


class Kinds:
    """The interpreters of one session; each statement is run from the main thread."""

    def __init__(self, spark: Any, request: SessionRequest, recorder: Recorder) -> None:
        self._spark = spark
        self._rich = request.rich_output
        self._namespace = session.main_namespace(spark)
        runner = CellRunner if self._rich else LivyCellRunner
        self._python = runner(self._namespace, recorder)
        self._sql = SqlRunner(spark, request.sql_rows, self._rich)
        self._scala = ScalaRunner(spark, request.session_dir, self._rich)
        self._java_thread = self._own_java_thread()

    def warm_up(self, kind: str) -> None:
        """Begin to start what the first statement of a session of this kind will need."""
        if kind == "spark":
            self._scala.start()

    def run(self, number: int, kind: str, code: str, execution: Execution) -> Output:
        """Run one statement and give its output in Livy's form; only an ended JVM raises."""
        kind = ALIASES.get(kind, kind)
        if not _is_unicode(code):
            return _error("SyntaxError", "the code has characters that are not valid Unicode")
        if kind == "spark":
            return self._scala.run(number, code, execution)
        if kind in ("pyspark", "sql"):
            return self._interruptible(number, kind, code, execution)
        if kind == "sparkr":
            return _error("InterpreterError", "Fail to start interpreter")
        return _error("Error", f"Invalid kind: {kind}")

    def complete(self, kind: str, code: str, cursor: int) -> list[str]:
        """Words that may stand at the cursor; called from another thread than statements."""
        kind = ALIASES.get(kind, kind)
        if kind == "spark":
            return self._scala.complete(code, cursor)
        if kind == "pyspark" and self._rich:
            return complete_python(code[:cursor], self._namespace)
        # Livy has none.
        return []

    def add_jar(self, path: str) -> None:
        """Let Scala cells name the classes of a jar that Spark's class loader has already."""
        self._scala.add_jar(path)

    def _interruptible(self, number: int, kind: str, code: str, execution: Execution) -> Output:
        execution.interrupt_with(JavaCallInterrupt(execution, self._java_thread))
        try:
            if kind == "sql":
                return self._sql.run(code, execution)
            return self._python.run(number, code, execution)
        finally:
            if execution.cancelled:
                # What the interrupt has left behind would meet the next statement.
                self._spark._jvm.java.lang.Thread.interrupted()
                self._java_thread = self._own_java_thread()

    def _own_java_thread(self) -> Any:
        """The Java thread that answers this Python thread; another one after a broken call."""
        return self._spark._jvm.java.lang.Thread.currentThread()


def _is_unicode(code: str) -> bool:
    """JSON can carry halves of characters, which no interpreter takes."""
    try:
        code.encode()
    except UnicodeEncodeError:
        return False
    return True


def _error(name: str, value: str) -> Output:
    return {"status": "error", "ename": name, "evalue": value, "traceback": []}
