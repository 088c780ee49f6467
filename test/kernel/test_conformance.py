"""The public conformance suite for Jupyter kernels, run against the built kernel and a real stack.

Needs the kernelspec on JUPYTER_PATH and HEADRACE_HOME, HEADRACE_RUN of a machine that is set up.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any, ClassVar

import jupyter_kernel_test as suite
import nbformat
import pytest

KERNEL = "headrace"
"""A first start of Kafka and Spark on a slow machine, in seconds."""
PROVISION_TIMEOUT = 300


class TestKernel(suite.KernelTests):
    """Every part of the suite, with cells that run in Spark's Python."""

    kernel_name = KERNEL
    language_name = "python"
    file_extension = ".py"
    code_hello_world = "print('hello, world')"
    code_stderr = "import sys; print('oops', file=sys.stderr)"
    completion_samples: ClassVar[list[dict[str, Any]]] = [
        {"text": "%prov", "matches": {"provision"}},
        {"text": "%topic cre", "matches": {"create"}},
    ]
    complete_code_samples: ClassVar[list[str]] = ["1 + 1", "%status", "def f():\n    return 1\n\n"]
    incomplete_code_samples: ClassVar[list[str]] = ["def f():", "print((1,", "x = '''text"]
    invalid_code_samples: ClassVar[list[str]] = ["print(1))"]
    code_page_something = "%help"
    code_generate_error = "1 / 0"
    code_execute_result: ClassVar[list[dict[str, str]]] = [
        {"code": "6 * 7", "result": "42"},
        {"code": "'a' + 'b'", "result": "'ab'"},
        {"code": "sum(range(4))", "result": "6"},
    ]
    code_display_data: ClassVar[list[dict[str, str]]] = [{"code": "%status", "mime": "text/html"}]
    code_history_pattern = "*7"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "%topic"

    @classmethod
    def setUpClass(cls) -> None:
        """Attaches the notebook of this suite to the local stack."""
        super().setUpClass()
        reply = cls.kc.execute_interactive("%provision local", timeout=PROVISION_TIMEOUT)
        assert reply["content"]["status"] == "ok", reply["content"]


class TestWelcome(suite.IopubWelcomeTests):
    """A client learns when its subscription is in place."""

    kernel_name = KERNEL
    support_iopub_welcome = True


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("%provison local", "Did you mean %provision?"),
        ("%topic create a --partitions 0", "partitions"),
        ("%sql SELECT 1", "Run %provision local first."),
    ],
)
def test_wrong_cell_fails_a_headless_run(cell: str, told: str, tmp_path: Path) -> None:
    """`jupyter execute` ends with a status that is not 0 and says what to do, without a stack."""
    notebook = tmp_path / "wrong.ipynb"
    node = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell)])
    nbformat.write(node, notebook)
    command = [sys.executable, "-m", "jupyter", "execute", f"--kernel_name={KERNEL}", str(notebook)]
    run = subprocess.run(command, capture_output=True, text=True, timeout=120, env=os.environ)
    assert run.returncode != 0
    assert told in run.stderr
    assert ".ts:" not in run.stderr
    assert ".mjs:" not in run.stderr
