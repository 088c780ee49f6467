"""Start of the session's JVM without spark-submit.

`spark-submit` starts a JVM only to compute the command of the real one, and adds a module that
small Java runtimes lack. The command here is that command, with a class path listed jar by jar, so
that a class-data archive can be used.
"""

from __future__ import annotations

import importlib.util
import os
import shlex
import struct
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

START_TIMEOUT_S = 120.0
POLL_S = 0.005
OUT_OF_MEMORY_STATUS = 3
"""Exit status of a JVM that ends by `-XX:+ExitOnOutOfMemoryError`."""
MAIN_CLASS = "org.apache.spark.deploy.SparkSubmit"

# What Spark opens for itself: org.apache.spark.launcher.JavaModuleOptions.
OPENED_PACKAGES = (
    "java.lang",
    "java.lang.invoke",
    "java.lang.reflect",
    "java.io",
    "java.net",
    "java.nio",
    "java.util",
    "java.util.concurrent",
    "java.util.concurrent.atomic",
    "jdk.internal.ref",
    "sun.nio.ch",
    "sun.nio.cs",
    "sun.security.action",
    "sun.util.calendar",
)


class JvmStartError(Exception):
    """The JVM ended, or said nothing, before Spark was ready in it."""


def spark_home() -> Path:
    """Folder of the installed pyspark, found without importing it."""
    spec = importlib.util.find_spec("pyspark")
    if spec is None or spec.origin is None:
        raise JvmStartError(f"pyspark is not installed for {sys.executable}")
    return Path(spec.origin).parent


def base_class_path(base_jars: Sequence[str]) -> list[str]:
    """Spark's own jars and those that every session has: what a class-data archive is made for."""
    own = sorted(str(jar) for jar in (spark_home() / "jars").glob("*.jar"))
    return [*own, *base_jars]


FIRST_TIER_ONLY = "-XX:TieredStopAtLevel=1"
"""For sessions: on few cores the second compiler tier takes the time that first cells need.

Warm jobs that are busy with computing take about twice as long without it, so batches have it.
"""


def fixed_options(memory: str) -> list[str]:
    """Options that do not depend on the session but for its memory."""
    opened = [f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in OPENED_PACKAGES]
    return [
        f"-Xmx{memory}",
        "-XX:+UseSerialGC",
        "-XX:+ExitOnOutOfMemoryError",
        "-XX:-UsePerfData",
        "-XX:+IgnoreUnrecognizedVMOptions",
        *opened,
        "--enable-native-access=ALL-UNNAMED",
        "-Djdk.reflect.useDirectMethodHandle=false",
        "-Dio.netty.tryReflectionSetAccessible=true",
    ]


def command(
    java: str,
    options: Sequence[str],
    class_path: Sequence[str],
    settings: Mapping[str, str],
) -> list[str]:
    """The command line of the JVM; options from the settings come last and so win."""
    extra_path = settings.get("spark.driver.extraClassPath", "")
    extra_options = shlex.split(settings.get("spark.driver.extraJavaOptions", ""))
    path = os.pathsep.join([*class_path, *([extra_path] if extra_path else [])])
    conf = [part for key, text in settings.items() for part in ("--conf", f"{key}={text}")]
    return [java, *options, *extra_options, "-cp", path, MAIN_CLASS, *conf, "pyspark-shell"]


def spark_environment(folder: Path) -> dict[str, str]:
    """The environment of Spark's process: this machine only, this Python, files in the folder."""
    environment = dict(os.environ)
    environment.pop("SPARK_CONF_DIR", None)
    environment.update(
        SPARK_HOME=str(spark_home()),
        SPARK_LOCAL_IP="127.0.0.1",
        SPARK_LOCAL_DIRS=str(folder / "tmp"),
        PYSPARK_PYTHON=sys.executable,
        PYSPARK_DRIVER_PYTHON=sys.executable,
    )
    return environment


class Jvm:
    """A running JVM; it ends when its standard input does, so never later than this process."""

    def __init__(self, arguments: Sequence[str], folder: Path) -> None:
        self._connection_file = folder / "jvm-connection"
        self._connection_file.unlink(missing_ok=True)
        environment = spark_environment(folder)
        environment["_PYSPARK_DRIVER_CONN_INFO_PATH"] = str(self._connection_file)
        self.process = subprocess.Popen(
            arguments, stdin=subprocess.PIPE, env=environment, cwd=folder
        )

    def connect(self) -> None:
        """Wait until Spark listens, and name its port and secret to pyspark."""
        deadline = time.monotonic() + START_TIMEOUT_S
        while not self._connection_file.exists():
            status = self.process.poll()
            if status is not None:
                raise JvmStartError(f"Java ended while starting ({describe_exit(status)})")
            if time.monotonic() > deadline:
                raise JvmStartError(f"Java was not ready within {START_TIMEOUT_S:.0f} s")
            time.sleep(POLL_S)
        content = self._connection_file.read_bytes()
        self._connection_file.unlink()
        port, length = struct.unpack("!ii", content[:8])
        os.environ["PYSPARK_GATEWAY_PORT"] = str(port)
        os.environ["PYSPARK_GATEWAY_SECRET"] = content[8 : 8 + length].decode()

    def stop(self, grace_s: float = 5.0) -> None:
        """End the JVM with its shutdown hooks, by force after the grace time."""
        if self.process.stdin is not None:
            self.process.stdin.close()
        self.process.terminate()
        try:
            self.process.wait(grace_s)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def describe_exit(status: int) -> str:
    """An exit status in words; a negative one is a signal."""
    if status == OUT_OF_MEMORY_STATUS:
        return f"status {status}: out of memory; ask for more by driverMemory"
    if status >= 0:
        return f"status {status}"
    killed = ", often for lack of memory" if status == -9 else ""
    return f"killed by signal {-status}{killed}"
