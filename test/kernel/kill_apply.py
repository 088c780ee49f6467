"""Two kernels of one notebook: one is killed while it makes an environment, the next goes on.

Usage: python kill_apply.py NOTEBOOK APPLY DESTROY, with the kernelspec on JUPYTER_PATH. Writes the
process of the first kernel as soon as its cell runs and waits until somebody has killed it; then
runs both cells in a second kernel and writes what each of them said. Every line is JSON.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import notebook_kernel
from jupyter_client import BlockingKernelClient
from notebook_kernel import start, until

LIMIT_SECONDS = 240


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

    notebook_kernel.run(client, code, LIMIT_SECONDS, keep)
    return "\n".join(shown)


def main(notebook: str, apply: str, destroy: str) -> None:
    """Lets the first kernel be killed in the middle of a cell, and runs it again in the second."""
    first, client = start(notebook, LIMIT_SECONDS)
    try:
        client.execute(apply, allow_stdin=False)
        tell(process=first.provisioner.pid)
        until("the kernel lives", lambda: not first.is_alive(), LIMIT_SECONDS)
    finally:
        client.stop_channels()
        first.shutdown_kernel(now=True)

    second, client = start(notebook, LIMIT_SECONDS)
    try:
        tell(applied=run(client, apply))
        assert sys.stdin.readline(), "nobody says that it may go on"
        tell(destroyed=run(client, destroy))
    finally:
        client.stop_channels()
        second.shutdown_kernel()


main(*sys.argv[1:])
