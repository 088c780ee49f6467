"""Command line, settings and archive names: what is decided before the JVM starts."""

import os
from pathlib import Path

import pytest
from driver import class_archive, jvm, session
from driver.settings import SessionRequest, spark_settings


def request(tmp_path: Path, **values: object) -> SessionRequest:
    fields = {"name": "n", "java": "java", "base_jars": [], **values}
    return SessionRequest(session_dir=tmp_path, archive_dir=tmp_path, **fields)


def test_settings_of_the_session_win_but_for_the_master(tmp_path: Path) -> None:
    conf = {"spark.sql.shuffle.partitions": "7", "spark.master": "yarn", "livy.rsc.x": "1"}
    settings = spark_settings(request(tmp_path, conf=conf))
    assert settings["spark.sql.shuffle.partitions"] == "7"
    assert settings["spark.master"] == "local[64]"
    assert "livy.rsc.x" not in settings


def test_bare_file_system_only_where_its_jar_is(tmp_path: Path) -> None:
    jar = "/j/hadoop-bare-naked-local-fs-0.1.0.jar"
    assert "spark.hadoop.fs.file.impl" in spark_settings(request(tmp_path, base_jars=[jar]))
    assert "spark.hadoop.fs.file.impl" not in spark_settings(request(tmp_path))


@pytest.mark.parametrize(("text", "rows"), [("5", 5), ("x", 1000), ("", 1000)])
def test_sql_row_limit(tmp_path: Path, text: str, rows: int) -> None:
    assert request(tmp_path, conf={"livy.rsc.sql.num-rows": text}).sql_rows == rows


def test_memory_of_the_request_comes_before_that_of_the_conf(tmp_path: Path) -> None:
    conf = {"spark.driver.memory": "2g"}
    assert request(tmp_path, conf=conf, memory="3g").memory_size == "3g"
    assert request(tmp_path, conf=conf).memory_size == "2g"
    assert request(tmp_path).memory_size == "1g"


def test_command_lists_jars_in_order_and_user_options_last() -> None:
    settings = {
        "spark.driver.extraJavaOptions": "-Da='b c' -Dd",
        "spark.driver.extraClassPath": "z",
    }
    line = jvm.command("java", ["-X1"], ["a.jar", "b.jar"], settings)
    assert line[:5] == ["java", "-X1", "-Da=b c", "-Dd", "-cp"]
    assert line[5] == os.pathsep.join(["a.jar", "b.jar", "z"])
    assert line[6] == jvm.MAIN_CLASS
    assert line[-1] == "pyspark-shell"


def test_exit_in_words() -> None:
    assert jvm.describe_exit(1) == "status 1"
    assert jvm.describe_exit(3) == "status 3: out of memory; ask for more by driverMemory"
    assert jvm.describe_exit(-9) == "killed by signal 9, often for lack of memory"


def test_archive_name_follows_the_jars(tmp_path: Path) -> None:
    java, jar = tmp_path / "java", tmp_path / "a.jar"
    java.write_text("java")
    jar.write_text("one")
    first = class_archive.archive_path(tmp_path, str(java), [str(jar)])
    assert class_archive.archive_path(tmp_path, str(java), [str(jar)]) == first
    jar.write_text("other")
    assert class_archive.archive_path(tmp_path, str(java), [str(jar)]) != first
    assert class_archive.use_options(tmp_path, str(java), [str(jar)]) == []


def test_jars_that_are_elsewhere_are_left_for_spark_to_fetch() -> None:
    jars = ["/a.jar", "https://host/b.jar"]
    assert session.with_remote_jars({}, jars) == {"spark.jars": "https://host/b.jar"}
    both = session.with_remote_jars({"spark.jars": "/c.jar"}, jars)
    assert both == {"spark.jars": "/c.jar,https://host/b.jar"}
    assert session.with_remote_jars({"a": "b"}, ["/a.jar"]) == {"a": "b"}
