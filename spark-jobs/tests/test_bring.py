"""Modules that reach a session as text."""

import base64
import importlib
import json
import sys
import zlib
from pathlib import Path

import headrace_bring
import pytest

CODE = Path(headrace_bring.__file__).read_text()


@pytest.fixture
def session():
    """The names of a session; what it makes importable is gone after the test."""
    path, modules = list(sys.path), set(sys.modules)
    yield {}
    sys.path[:] = path
    for name in set(sys.modules) - modules:
        del sys.modules[name]


def packed(sources):
    return base64.b64encode(zlib.compress(json.dumps(sources).encode())).decode()


def test_brings_a_module_with_its_package(session):
    sources = {
        "hr_probe.py": "from hr_probe_parts.inner import WORD\n",
        "hr_probe_parts/__init__.py": "",
        "hr_probe_parts/inner.py": "WORD = 'grüße'\n",
    }
    exec(f'{CODE}\n_headrace_bring("{packed(sources)}")\nimport hr_probe', session)
    assert session["hr_probe"].WORD == "grüße"


def test_leaves_one_name(session):
    exec(CODE, session)
    assert {name for name in session if name != "__builtins__"} <= {"_headrace_bring", "__doc__"}


def test_the_code_of_streams_needs_no_more_than_is_sent(session):
    """What ``src/runtime/streams/spark-module.ts`` sends is found without the folder itself."""
    folder = Path(headrace_bring.__file__).parent
    names = [folder / "headrace_streams.py", *sorted((folder / "headrace").glob("*.py"))]
    sources = {one.relative_to(folder).as_posix(): one.read_text() for one in names}
    held = {
        name: sys.modules.pop(name) for name in list(sys.modules) if name.startswith("headrace")
    }
    sys.path[:] = [one for one in sys.path if Path(one or ".").resolve() != folder]
    try:
        exec(f'{CODE}\n_headrace_bring("{packed(sources)}")', session)
        brought = importlib.import_module("headrace_streams")
        assert not Path(brought.__file__).is_relative_to(folder)
    finally:
        for name in [one for one in sys.modules if one.startswith("headrace")]:
            del sys.modules[name]
        sys.modules.update(held)
