"""Times a `%sql` cell in the kernel, and in turns with it the bare REST call of the same statement.

Usage: sql_cell.py URL TOKEN ROUNDS VIEW STATEMENT

VIEW is a statement that makes what STATEMENT reads. The last line of the output is a JSON object of
two lists of milliseconds, `cell` and `rest`.
"""

from __future__ import annotations

import json
import sys
import time
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

from jupyter_client.blocking import BlockingKernelClient
from jupyter_client.manager import KernelManager

KERNEL = "headrace"
WARM_UP = 10
POLL_S = 0.001
LIMIT_S = 300


class Livy:
    """The REST calls and nothing around them, on one connection."""

    def __init__(self, url: str, token: str) -> None:
        self._connection = HTTPConnection(urlsplit(url).netloc, timeout=LIMIT_S)
        self._headers = {
            "Authorization": f"Bearer {token}",
            "Content-Type": "application/json",
            "X-Requested-By": "bench",
        }

    def call(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        """One request and its answer."""
        text = None if body is None else json.dumps(body)
        self._connection.request(method, path, text, self._headers)
        answer = self._connection.getresponse()
        content = answer.read()
        if answer.status >= 400:
            raise SystemExit(f"{method} {path} was answered with {answer.status}: {content!r}")
        return json.loads(content)

    def newest_session(self) -> int:
        """The number of the session that was created last."""
        return max(one["id"] for one in self.call("GET", "/sessions?size=1000")["sessions"])

    def run(self, session: int, statement: str) -> None:
        """A SQL statement, to its output."""
        statements = f"/sessions/{session}/statements"
        answer = self.call("POST", statements, {"code": statement, "kind": "sql"})
        while answer["state"] in ("waiting", "running"):
            time.sleep(POLL_S)
            answer = self.call("GET", f"{statements}/{answer['id']}")
        if answer["output"]["status"] != "ok":
            raise SystemExit(f"{statement}: {answer['output']['evalue']}")


def run_cell(client: BlockingKernelClient, code: str) -> None:
    """A cell, to the reply of the kernel."""
    reply = client.execute_interactive(code, timeout=LIMIT_S, output_hook=lambda _: None)
    if reply["content"]["status"] != "ok":
        raise SystemExit(f"{code}: {reply['content']['evalue']}")


def milliseconds(work: Any, *arguments: Any) -> float:
    """How long the work takes."""
    started = time.perf_counter()
    work(*arguments)
    return (time.perf_counter() - started) * 1000


def measure(
    client: BlockingKernelClient, livy: Livy, rounds: int, view: str, statement: str
) -> dict[str, list[float]]:
    """Both in turns, so that whatever else the machine does slows both."""
    run_cell(client, "%provision local")
    run_cell(client, f"%sql {view}")
    session = livy.newest_session()
    times: dict[str, list[float]] = {"cell": [], "rest": []}
    try:
        for _ in range(WARM_UP + rounds):
            times["cell"].append(milliseconds(run_cell, client, f"%sql {statement}"))
            times["rest"].append(milliseconds(livy.run, session, statement))
    finally:
        livy.call("DELETE", f"/sessions/{session}")
    return {name: values[WARM_UP:] for name, values in times.items()}


def main() -> None:
    """Start a kernel, measure, end it."""
    url, token, rounds, view, statement = sys.argv[1:]
    manager = KernelManager(kernel_name=KERNEL)
    manager.start_kernel()
    client = manager.blocking_client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=LIMIT_S)
        times = measure(client, Livy(url, token), int(rounds), view, statement)
    finally:
        client.stop_channels()
        manager.shutdown_kernel()
    print(json.dumps(times))


if __name__ == "__main__":
    main()
