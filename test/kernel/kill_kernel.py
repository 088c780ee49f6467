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
from typing import Any

import notebook_kernel
from jupyter_client import BlockingKernelClient
from notebook_kernel import start, until

LIMIT_SECONDS = 180
STREAM = "words"
COUNTS = f"import json; print(json.dumps(dict(map(tuple, spark.table('{STREAM}').collect()))))"


def run(client: BlockingKernelClient, code: str) -> str:
    """The text that a cell writes."""
    written: list[str] = []

    def keep(message: dict[str, Any]) -> None:
        if message["msg_type"] == "stream":
            written.append(message["content"]["text"])

    notebook_kernel.run(client, code, LIMIT_SECONDS, keep)
    return "".join(written)


def main(notebook: str, topic: str) -> None:
    """Kills the first kernel while its stream runs, and asks the second."""
    follow = f"%stream wordcount --topic {topic} --as {STREAM} --until-rows 20"
    first, client = start(notebook, LIMIT_SECONDS)
    run(client, "%provision local")
    run(client, follow)
    os.kill(first.provisioner.pid, signal.SIGKILL)
    until("the kernel lives", lambda: not first.is_alive(), LIMIT_SECONDS)
    client.stop_channels()
    first.cleanup_connection_file()
    print("killed", flush=True)

    second, client = start(notebook, LIMIT_SECONDS)
    run(client, follow)
    print("live", flush=True)
    expected = json.loads(sys.stdin.readline())
    until(
        "the counts differ",
        lambda: json.loads(run(client, COUNTS)) == expected,
        LIMIT_SECONDS,
    )
    run(client, f"%stop {STREAM} --purge")
    client.stop_channels()
    second.shutdown_kernel()


main(*sys.argv[1:])
