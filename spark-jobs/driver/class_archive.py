"""Class-data archives: Spark's classes as the JVM has them in memory; they halve a session's start.

https://docs.oracle.com/en/java/javase/17/vm/class-data-sharing.html
"""

from __future__ import annotations

import hashlib
import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

BASE_ARCHIVE_TIMEOUT_S = 120


def archive_path(folder: Path, java: str, class_path: Sequence[str]) -> Path:
    """Where the archive for this Java and this class path is or would be.

    A JVM takes an archive only for the very files that it was made from, so their sizes and times
    are part of the name.
    """
    program = Path(java).resolve()
    library = program.parent.parent / "lib/server/libjvm.so"
    parts = [library if library.exists() else program, *map(Path, class_path)]
    digest = hashlib.sha256("\n".join(map(_identity, parts)).encode()).hexdigest()
    return folder / f"spark-{digest[:16]}.jsa"


def base_path(folder: Path, java: str) -> Path:
    """Where the archive of Java's own classes is, for a Java that comes without one."""
    digest = hashlib.sha256(_identity(Path(java).resolve()).encode()).hexdigest()
    return folder / f"java-{digest[:16]}.jsa"


def use_options(folder: Path, java: str, class_path: Sequence[str]) -> list[str]:
    """JVM options that use the archive, or none while there is no archive."""
    top = archive_path(folder, java, class_path)
    if not top.exists():
        return []
    base = base_path(folder, java)
    both = f"{base}{os.pathsep}{top}" if base.exists() else str(top)
    return [
        f"-XX:SharedArchiveFile={both}",
        "-Xshare:auto",
        "-Xlog:cds=off",
        "-Xlog:cds+dynamic=off",
    ]


def record_options(folder: Path, java: str, target: Path) -> list[str]:
    """JVM options that write the archive at exit, after making the base archive if needed."""
    options = [f"-XX:ArchiveClassesAtExit={target}", "-Xlog:cds=off", "-Xlog:cds+dynamic=off"]
    if _has_own_base(java):
        return options
    base = base_path(folder, java)
    if not base.exists():
        _make_base(java, base)
    return [f"-XX:SharedArchiveFile={base}", *options]


def _has_own_base(java: str) -> bool:
    return (Path(java).resolve().parent.parent / "lib/server/classes.jsa").exists()


def _make_base(java: str, target: Path) -> None:
    part = target.with_suffix(f".{os.getpid()}.part")
    command = [java, "-XX:+UseSerialGC", "-Xshare:dump", f"-XX:SharedArchiveFile={part}"]
    subprocess.run(
        command,
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        timeout=BASE_ARCHIVE_TIMEOUT_S,
    )
    part.replace(target)


def _identity(path: Path) -> str:
    state = path.stat()
    return f"{path} {state.st_size} {state.st_mtime_ns}"
