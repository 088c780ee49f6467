"""A kernel of a notebook, started as Jupyter Server would, for programs that kill it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import Any

from jupyter_client import BlockingKernelClient, KernelManager


def until(told: str, holds: Callable[[], bool], limit_seconds: int) -> None:
    """Waits for a condition, with a limit."""
    deadline = time.monotonic() + limit_seconds
    while not holds():
        assert time.monotonic() < deadline, told
        time.sleep(0.1)


def start(notebook: str, limit_seconds: int) -> tuple[KernelManager, BlockingKernelClient]:
    """A kernel as Jupyter Server would start it for this notebook."""
    manager = KernelManager(kernel_name="headrace")
    manager.start_kernel(env={**os.environ, "JPY_SESSION_NAME": notebook})
    client = manager.client()
    client.start_channels()
    client.wait_for_ready(timeout=limit_seconds)
    return manager, client


def run(
    client: BlockingKernelClient,
    code: str,
    limit_seconds: int,
    keep: Callable[[dict[str, Any]], None],
) -> None:
    """Runs a cell, which has to end well; ``keep`` is given each of its messages."""
    reply = client.execute_interactive(
        code, timeout=limit_seconds, output_hook=keep, allow_stdin=False
    )
    assert reply["content"]["status"] == "ok", reply["content"]
