"""Two kernels of one notebook: the first starts a stream and is killed, the second goes on.

Usage: python kill_kernel.py NOTEBOOK TOPIC, with HEADRACE_RUN of a stack and the kernelspec on
JUPYTER_PATH. Writes a line when the first kernel is gone, and one when the second shows rows of the
stream. Then reads the expected counts as a line of JSON, and ends well when the stream has them.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Callable
from typing import Any

from jupyter_client import BlockingKernelClient, KernelManager

LIMIT_SECONDS = 180
STREAM = "words"
COUNTS = f"import json; print(json.dumps(dict(map(tuple, spark.table('{STREAM}').collect()))))"


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


def run(client: BlockingKernelClient, code: str) -> str:
    """The text that a cell writes."""
    written: list[str] = []

    def keep(message: dict[str, Any]) -> None:
        if message["msg_type"] == "stream":
            written.append(message["content"]["text"])

    reply = client.execute_interactive(
        code, timeout=LIMIT_SECONDS, output_hook=keep, allow_stdin=False
    )
    assert reply["content"]["status"] == "ok", reply["content"]
    return "".join(written)


def main(notebook: str, topic: str) -> None:
    """Kills the first kernel while its stream runs, and asks the second."""
    follow = f"%stream wordcount --topic {topic} --as {STREAM} --until-rows 20"
    first, client = start(notebook)
    run(client, "%provision local")
    run(client, follow)
    os.kill(first.provisioner.pid, signal.SIGKILL)
    until("the kernel lives", lambda: not first.is_alive())
    client.stop_channels()
    first.cleanup_connection_file()
    print("killed", flush=True)

    second, client = start(notebook)
    run(client, follow)
    print("live", flush=True)
    expected = json.loads(sys.stdin.readline())
    until("the counts differ", lambda: json.loads(run(client, COUNTS)) == expected)
    run(client, f"%stop {STREAM} --purge")
    client.stop_channels()
    second.shutdown_kernel()


main(*sys.argv[1:])
