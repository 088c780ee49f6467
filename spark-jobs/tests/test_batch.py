"""The command line of a batch."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from batch.request import BatchRequest, command

FOLDER = Path("/batches/batch-0")


def arguments(**fields: object) -> list[str]:
    request = BatchRequest(
        java=sys.executable,
        archive_dir="/archives",
        base_jars=[__file__],
        **fields,  # type: ignore[arg-type]
    )
    return command(request, FOLDER)


def value(arguments: list[str], key: str) -> str | None:
    """The setting of that name."""
    found = [part for part in arguments if part.startswith(f"{key}=")]
    assert len(found) <= 1
    return found[0].partition("=")[2] if found else None


def test_python_file_with_its_arguments_comes_last() -> None:
    line = arguments(file="/jobs/count.py", args=["--to", "a table"])
    assert line[-3:] == ["/jobs/count.py", "--to", "a table"]
    assert "--class" not in line


def test_a_batch_is_compiled_by_all_tiers() -> None:
    assert not any("TieredStopAtLevel" in part for part in arguments(file="/jobs/count.py"))


def test_class_and_lists_are_options() -> None:
    line = arguments(
        file="/jobs/a.jar", class_name="a.B", jars=["/x.jar", "/y.jar"], py_files=["/z.py"]
    )
    assert line[line.index("--class") + 1] == "a.B"
    assert line[line.index("--jars") + 1] == "/x.jar,/y.jar"
    assert line[line.index("--py-files") + 1] == "/z.py"
    assert "--files" not in line


@pytest.mark.parametrize(("name", "shown"), [("mine", "mine"), (None, "count.py")])
def test_application_has_a_name(name: str | None, shown: str) -> None:
    assert value(arguments(file="/jobs/count.py", name=name), "spark.app.name") == shown


def test_settings_of_the_request_win_except_for_the_master() -> None:
    conf = {"spark.log.level": "INFO", "spark.master": "yarn", "spark.sql.shuffle.partitions": "9"}
    line = arguments(file="/jobs/count.py", conf=conf)
    assert value(line, "spark.log.level") == "INFO"
    assert value(line, "spark.sql.shuffle.partitions") == "9"
    assert str(value(line, "spark.master")).startswith("local[")


def test_settings_of_notebook_sessions_are_left_out() -> None:
    line = arguments(file="/jobs/count.py")
    assert value(line, "spark.scheduler.mode") is None
    assert value(line, "spark.sql.warehouse.dir") is None


def test_memory_is_the_heap_of_java() -> None:
    assert "-Xmx3g" in arguments(file="/jobs/count.py", memory="3g")
