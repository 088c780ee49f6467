"""Two kernels of one notebook: one is killed while it makes an environment, the next goes on.

Usage: python kill_apply.py NOTEBOOK APPLY DESTROY, with the kernelspec on JUPYTER_PATH. Writes the
process of the first kernel as soon as its cell runs and waits until somebody has killed it; then
runs both cells in a second kernel and writes what each of them said. Every line is JSON.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from typing import Any

from jupyter_client import BlockingKernelClient, KernelManager

LIMIT_SECONDS = 240


def until(told: str, holds: Callable[[], bool]) -> None:
    """Waits for a condition, with a limit."""
    deadline = time.monotonic() + LIMIT_SECONDS
    while not holds():
        assert time.monotonic() < deadline, told
        time.sleep(0.1)


def start(notebook: str) -> tuple[KernelManager, BlockingKernelClient]:
    """A kernel as Jupyter Server would start it for this notebook."""
    manager = KernelManager(kernel_name="headrace")
    manager.start_kernel(env={**os.environ, "JPY_SESSION_NAME": notebook})
    client = manager.client()
    client.start_channels()
    client.wait_for_ready(timeout=LIMIT_SECONDS)
    return manager, client


def tell(**said: object) -> None:
    """Writes one line for the test."""
    print(json.dumps(said), flush=True)


def run(client: BlockingKernelClient, code: str) -> str:
    """All that a cell shows and writes, as text."""
    shown: list[str] = []

    def keep(message: dict[str, Any]) -> None:
        content = message["content"]
        if message["msg_type"] == "stream":
            shown.append(content["text"])
        elif message["msg_type"] in ("display_data", "update_display_data"):
            shown.append(content["data"].get("text/plain", ""))

    reply = client.execute_interactive(
        code, timeout=LIMIT_SECONDS, output_hook=keep, allow_stdin=False
    )
    assert reply["content"]["status"] == "ok", reply["content"]
    return "\n".join(shown)


def main(notebook: str, apply: str, destroy: str) -> None:
    """Lets the first kernel be killed in the middle of a cell, and runs it again in the second."""
    first, client = start(notebook)
    try:
        client.execute(apply, allow_stdin=False)
        tell(process=first.provisioner.pid)
        until("the kernel lives", lambda: not first.is_alive())
    finally:
        client.stop_channels()
        first.shutdown_kernel(now=True)

    second, client = start(notebook)
    try:
        tell(applied=run(client, apply))
        assert sys.stdin.readline(), "nobody says that it may go on"
        tell(destroyed=run(client, destroy))
    finally:
        client.stop_channels()
        second.shutdown_kernel()


main(*sys.argv[1:])
