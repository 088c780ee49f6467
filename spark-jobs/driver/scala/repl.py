"""The Scala REPL of the JVM (`scala.tools.nsc.interpreter.IMain`), driven over py4j.

Everything here has to be called on one thread, that of `ScalaThread`.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

PRINT_LIMIT = 2_000_000
"""Bytes of printed text that one statement keeps, the newest: it may print without end."""

PRELUDE = (
    "@transient val spark: org.apache.spark.sql.SparkSession = "
    "org.apache.spark.sql.SparkSession.active",
    "@transient val sc: org.apache.spark.SparkContext = spark.sparkContext; "
    "@transient val sqlContext: org.apache.spark.sql.SQLContext = spark.sqlContext",
    "import org.apache.spark.SparkContext._; import spark.implicits._; import spark.sql; "
    "import org.apache.spark.sql.functions._; "
    "import org.apache.spark.sql.classic.ClassicConversions._",
)
"""What Livy's own Scala session has, and what Spark 4 has moved out of `Dataset`."""

Running = Callable[[], AbstractContextManager[bool]]
"""Gives a context in which code of a cell runs; its value tells whether it still may."""

ALWAYS: Running = partial(nullcontext, True)

SUCCESS, ERROR, INCOMPLETE = "Success", "Error", "Incomplete"


class ReplStartError(Exception):
    """The REPL could not start; the other kinds are not concerned."""


@dataclass(frozen=True)
class Answer:
    """What one piece of code did: what it printed, and what the REPL says about it."""

    status: str
    printed: str
    reported: str


class Repl:
    """One interpreter with its compiler."""

    def __init__(self, spark: Any, class_dir: Path) -> None:
        """Start it and run the prelude; `class_dir` is an empty folder of the session."""
        self._jvm = spark.sparkContext._jvm
        self._loader = self._jvm.java.lang.Thread.currentThread().getContextClassLoader()
        class_dir.mkdir(parents=True, exist_ok=True)
        # Spark's own loader finds the classes of cells too: so executors, which ask it, and the
        # results that they send back see one class of each name.
        self._loader.addURL(_url(self._jvm, class_dir))
        # Each step of a Java name is a question to the JVM: asked once, not at every statement.
        self._print_stream = self._jvm.java.io.PrintStream
        self._print_buffer = self._jvm.org.apache.spark.util.CircularBuffer
        self._console = getattr(getattr(self._jvm.scala, "Console$"), "MODULE$")
        self._reported = self._jvm.java.io.ByteArrayOutputStream()
        self._interpreter = self._start(_class_path(spark), class_dir)
        for code in PRELUDE:
            answer = self.interpret(code)
            if answer.status != SUCCESS:
                raise ReplStartError(answer.reported.strip() or f"not understood: {code}")
        self._completer: Any = None

    def interpret(self, code: str, running: Running = ALWAYS) -> Answer:
        """Compile and run one statement; what it raises is part of the answer.

        Its own code runs within `running()`, and nothing of the compiler does: that may be ended
        at any moment, where the compiler would be left half-way. Code that may not run any more
        counts as failed, with nothing reported.
        """
        printed = self._print_buffer(PRINT_LIMIT)
        self._console.setOutDirect(self._print_stream(printed, True, "UTF-8"))
        self._reported.reset()
        compiled = self._interpreter.compile(code, False)
        if compiled.isRight():
            status, failure = self._run(compiled.value(), running)
        else:
            status, failure = str(compiled.value().toString()), ""
        if status != INCOMPLETE:
            self._forget_complaints()
        reported = f"{self._reported.toString('UTF-8')}{failure}"
        return Answer(status, str(printed.toString()), reported)

    def _run(self, request: Any, running: Running) -> tuple[str, str]:
        """Run compiled code; gives the status and, when it has failed, how."""
        line = request.lineRep()
        name, no_arguments = line.printName(), self._empty_list
        with running() as may_run:
            if not may_run:
                return ERROR, ""
            result = line.callEither(name, no_arguments)
        if result.isLeft():
            return ERROR, str(line.bindError(result.value()))
        self._interpreter.recordRequest(request)
        self._reporter.printResult(result)
        return SUCCESS, ""

    def _forget_complaints(self) -> None:
        """As the REPL's own loop does, lest the next statement counts as wrong for them."""
        self._reporter.reset()
        run = getattr(self._interpreter, "global")().currentRun()
        run.reporting().clearAllConditionalWarnings()

    def value(self, name: str) -> Any:
        """The value of a `val` or `var` as a Scala `Option`, which py4j hands on as it is."""
        return self._interpreter.valueOfTerm(name)

    def as_json(self, value: Any) -> Any:
        """A value in JSON; json4s writes it, as in Livy."""
        parts = self._jvm.org.json4s
        formats = getattr(getattr(parts, "DefaultFormats$"), "MODULE$")
        extraction = getattr(getattr(parts, "Extraction$"), "MODULE$")
        methods = getattr(getattr(parts.jackson, "JsonMethods$"), "MODULE$")
        tree = extraction.decompose(value, formats)
        tree = methods.render(tree, False, formats.emptyValueStrategy())
        return json.loads(methods.compact(tree))

    def described(self, name: str) -> str:
        """Type and value of a variable as the REPL of Scala 2.12 writes them."""
        kind = self._interpreter.typeOfTerm(name).finalResultType().toString()
        runtime = self._jvm.scala.runtime.ScalaRunTime
        text = runtime.replStringOf(self.value(name).get(), 800).rstrip("\n")
        return f"{name}: {kind} = {text}\n"

    def complete(self, code: str, cursor: int) -> list[str]:
        """Names that may stand at the cursor, whole words."""
        shell = self._jvm.scala.tools.nsc.interpreter.shell
        if self._completer is None:
            self._completer = shell.ReplCompletion(self._interpreter, shell.Accumulator())
        found = self._completer.complete(code, cursor)
        if found.cursor() < 0:
            return []
        typed = code[found.cursor() : cursor]
        names = found.candidates().iterator()
        words: dict[str, None] = {}
        while names.hasNext():
            word = str(names.next().name())
            if word.startswith(typed) and word.isidentifier():
                words[word] = None
        return list(words)

    def add_jar(self, path: str) -> None:
        """Let cells name the classes of a jar that Spark's own loader has already."""
        urls = [_url(self._jvm, Path(path))]
        self._interpreter.addUrlsToClassPath(_scala_list(self._jvm, urls))

    def _start(self, class_path: str, class_dir: Path) -> Any:
        compiler = self._jvm.scala.tools.nsc
        settings = compiler.Settings()
        arguments = ["-Yrepl-class-based", "-Yrepl-outdir", str(class_dir)]
        arguments += ["-classpath", class_path]
        settings.processArguments(_scala_list(self._jvm, arguments), True)
        writer = self._jvm.java.io.PrintWriter(
            self._jvm.java.io.PrintStream(self._reported, True, "UTF-8"), True
        )
        self._reporter = compiler.interpreter.shell.ReplReporterImpl(settings, writer)
        self._empty_list = _scala_list(self._jvm, [])
        parent = self._jvm.scala.Option.apply(self._loader)
        interpreter = compiler.interpreter.IMain(settings, parent, settings, self._reporter)
        interpreter.initializeCompiler()
        return interpreter


def _class_path(spark: Any) -> str:
    """The jars of the JVM and those that Spark has fetched for the session."""
    own = spark.sparkContext._jvm.java.lang.System.getProperty("java.class.path")
    fetched = (spark.conf.get("spark.jars", "") or "").split(",")
    jars = [unquote(urlsplit(jar).path) for jar in fetched if jar.strip()]
    return os.pathsep.join([own, *(jar for jar in jars if Path(jar).is_file())])


def _scala_list(jvm: Any, items: list[Any]) -> Any:
    java_list = jvm.java.util.ArrayList()
    for item in items:
        java_list.add(item)
    return jvm.scala.jdk.javaapi.CollectionConverters.asScala(java_list).toList()


def _url(jvm: Any, path: Path) -> Any:
    return jvm.java.io.File(str(path)).toURI().toURL()
