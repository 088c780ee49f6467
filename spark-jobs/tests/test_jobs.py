"""Parts of the jobs that need no Spark."""

import importlib.util
from pathlib import Path

import pytest

JOBS = Path(__file__).parent.parent / "jobs" / "python"


def load(name):
    """A job as a module; it is a program, and on no path."""
    spec = importlib.util.spec_from_file_location(name, JOBS / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("job", ["word_count", "clickstream_to_table"])
def test_the_login_to_kafka_is_in_settings_of_spark(job):
    settings = [
        ("spark.app.name", "x"),
        ("spark.headrace.kafka.kafka.security.protocol", "SSL"),
        ("spark.headrace.kafka.groupIdPrefix", "g"),
    ]
    options = {"kafka.security.protocol": "SSL", "groupIdPrefix": "g"}
    assert load(job).kafka_options(settings) == options
    assert load(job).kafka_options([]) == {}
