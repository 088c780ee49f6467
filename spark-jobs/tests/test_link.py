"""A held process as a gateway sees it: a real process, a real socket, no Spark."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from link.identity import start_time
from link.log import KEPT_LINES, LINE_BYTES, LineCutter, LogRing

JOBS = Path(__file__).parents[1]
LIMIT_S = 20.0
SECRET = "s" * 32

PROGRAM = """
import os, subprocess, sys, threading
from pathlib import Path
from link import Link, LogPump, read_request

class Counter:
    def __init__(self, link):
        self.link, self.count = link, 0

    def snapshot(self):
        return {"count": self.count}

    def receive(self, message):
        kind = message["type"]
        if kind == "count":
            with self.link.lock:
                self.count += 1
                self.link.publish({"type": "counted", "count": self.count})
        elif kind == "write":
            os.write(message["fd"], message["text"].encode("latin-1") * message.get("times", 1))
        elif kind == "shell":
            subprocess.run(message["line"], shell=True)
        elif kind == "end":
            pump.flush()
            self.link.finish(message.get("reason"))
            os._exit(0)

    def orphaned(self):
        os._exit(7)

request = read_request(Path(sys.argv[1]))
link = Link(request)
pump = LogPump(link.log)
link.open(Counter(link))
threading.Event().wait()
"""


def until(what: str, found: Callable[[], Any]) -> Any:
    end = time.monotonic() + LIMIT_S
    while not (value := found()):
        assert time.monotonic() < end, f"not in time: {what}"
        time.sleep(0.01)
    return value


class Gateway:
    """Attaches and reads what the process says."""

    def __init__(self, port: int, secret: str = SECRET) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), LIMIT_S)
        self.reader = self.socket.makefile("rb")
        self.send(type="attach", secret=secret)

    def send(self, **message: object) -> None:
        self.socket.sendall(json.dumps(message).encode() + b"\n")

    def next(self) -> dict[str, Any] | None:
        line = self.reader.readline()
        return json.loads(line) if line else None

    def wait_for(self, kind: str) -> dict[str, Any]:
        while (message := self.next()) is not None:
            if message["type"] == kind:
                return message
        raise AssertionError(f"ended without {kind}")

    def lines(self, enough: Callable[[list[str]], bool]) -> list[str]:
        """Lines of the log until there are enough."""
        seen: list[str] = []
        while not enough(seen):
            seen += [f"{stream} {line}" for stream, line in self.wait_for("log")["lines"]]
        return seen

    def close(self) -> None:
        self.reader.close()
        self.socket.close()


class Process:
    """A held process in a folder of its own."""

    def __init__(self, folder: Path, orphan_seconds: str = "60") -> None:
        self.folder = folder
        request = {"secret": SECRET, "start": {}}
        (folder / "request.json").write_text(json.dumps(request))
        environment = {**os.environ, "PYTHONPATH": str(JOBS)}
        environment["HEADRACE_ORPHAN_SECONDS"] = orphan_seconds
        with (folder / "start.log").open("wb") as log:
            command = [sys.executable, "-c", PROGRAM, str(folder)]
            self.child = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        until("endpoint", (folder / "endpoint.json").exists)
        self.endpoint = json.loads((folder / "endpoint.json").read_text())

    def attach(self, secret: str = SECRET) -> Gateway:
        return Gateway(self.endpoint["port"], secret)


@pytest.fixture
def process(tmp_path: Path) -> Iterator[Process]:
    process = Process(tmp_path)
    yield process
    process.child.kill()
    process.child.wait()


def test_says_where_it_is_and_only_to_its_user(process: Process) -> None:
    assert process.endpoint["pid"] == process.child.pid
    assert process.endpoint["start"] == _start_of(process.child.pid)
    mode = (process.folder / "endpoint.json").stat().st_mode
    assert mode & 0o777 == 0o600


def _start_of(pid: int) -> str:
    if not Path("/proc").exists():
        command = ["ps", "-o", "lstart=", "-p", str(pid)]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]


def test_identity_of_this_process() -> None:
    assert start_time() == _start_of(os.getpid())


def test_a_successor_gets_all_that_happened_and_then_events(process: Process) -> None:
    first = process.attach()
    assert first.next() == {"type": "snapshot", "log": [], "state": {"count": 0}}
    first.send(type="count")
    assert first.next() == {"type": "counted", "count": 1}
    first.send(type="write", fd=2, text="seen\n")
    first.lines(lambda seen: "stderr seen" in seen)
    first.send(type="count")
    first.close()
    second = process.attach()
    snapshot = second.wait_for("snapshot")
    assert snapshot["log"] == [["stderr", "seen"]]
    # The last message of a gateway that has died counts as well.
    if snapshot["state"]["count"] == 1:
        assert second.next() == {"type": "counted", "count": 2}
    second.send(type="count")
    assert second.wait_for("counted")["count"] == 3


def test_a_newer_gateway_replaces_the_older(process: Process) -> None:
    older = process.attach()
    older.wait_for("snapshot")
    newer = process.attach()
    newer.wait_for("snapshot")
    assert older.next() == {"type": "replaced"}
    assert older.next() is None
    newer.send(type="count")
    assert newer.next() == {"type": "counted", "count": 1}


@pytest.mark.parametrize("line", [b'{"type":"attach","secret":"wrong"}\n', b"GET / HTTP/1.1\n"])
def test_nobody_gets_in_without_the_secret(process: Process, line: bytes) -> None:
    holder = process.attach()
    holder.wait_for("snapshot")
    stranger = socket.create_connection(("127.0.0.1", process.endpoint["port"]), LIMIT_S)
    stranger.sendall(line)
    assert stranger.recv(100) == b""
    stranger.close()
    holder.send(type="count")
    assert holder.next() == {"type": "counted", "count": 1}


def test_lines_that_are_no_messages_do_no_harm(process: Process) -> None:
    gateway = process.attach()
    gateway.wait_for("snapshot")
    gateway.socket.sendall(b'{{{\n[1]\n{"no":"type"}\n')
    gateway.send(type="count")
    assert gateway.wait_for("counted")["count"] == 1


def test_log_takes_what_children_write_and_survives_bytes_that_are_no_text(
    process: Process,
) -> None:
    gateway = process.attach()
    gateway.wait_for("snapshot")
    gateway.send(type="shell", line="echo from a child; echo and its errors >&2")
    lines = gateway.lines(lambda seen: len(seen) == 2)
    assert sorted(lines) == ["stderr and its errors", "stdout from a child"]
    gateway.send(type="write", fd=1, text="\xff\xfe bad\n")
    assert gateway.lines(bool) == ["stdout \ufffd\ufffd bad"]


def test_endless_output_is_bounded_while_nobody_reads_it(process: Process) -> None:
    gateway = process.attach()
    gateway.wait_for("snapshot")
    # A gateway that reads nothing: far more than any buffer between the two holds.
    gateway.send(type="shell", line="yes | head -c 50000000; echo done; echo z >&2")
    gateway.send(type="count")
    gateway.send(type="end")
    process.child.wait(LIMIT_S)
    last = json.loads((process.folder / "last.json").read_text())
    out = [line for stream, line in last["snapshot"]["log"] if stream == "stdout"]
    assert len(out) == KEPT_LINES
    assert out[-1] == "done"
    assert ["stderr", "z"] in last["snapshot"]["log"]
    assert last["snapshot"]["state"] == {"count": 1}


def test_an_end_says_why_and_leaves_it_for_a_successor(process: Process) -> None:
    gateway = process.attach()
    gateway.wait_for("snapshot")
    gateway.send(type="write", fd=1, text="unfinished")
    gateway.send(type="end", reason="Java ended")
    kinds = []
    while (message := gateway.next()) is not None:
        kinds.append(message)
    assert kinds == [
        {"type": "log", "lines": [["stdout", "unfinished"]]},
        {"type": "ending", "reason": "Java ended"},
    ] or kinds == [
        {"type": "ending", "reason": "Java ended"},
        {"type": "log", "lines": [["stdout", "unfinished"]]},
    ]
    last = json.loads((process.folder / "last.json").read_text())
    assert last["reason"] == "Java ended"
    assert last["snapshot"]["log"] == [["stdout", "unfinished"]]


@pytest.mark.parametrize("attached", [True, False])
def test_ends_by_itself_when_nobody_comes(tmp_path: Path, attached: bool) -> None:
    process = Process(tmp_path, orphan_seconds="0.5")
    if attached:
        gateway = process.attach()
        gateway.wait_for("snapshot")
        gateway.send(type="shell", line="sleep 1")
        gateway.send(type="count")
        assert gateway.wait_for("counted")
        assert process.child.poll() is None
        gateway.close()
    assert process.child.wait(LIMIT_S) == 7


def test_a_crash_of_the_interpreter_is_left_in_the_start_log(process: Process) -> None:
    process.child.send_signal(signal.SIGSEGV)
    assert process.child.wait(LIMIT_S) == -signal.SIGSEGV
    assert "Segmentation fault" in (process.folder / "start.log").read_text()


def test_cutter_keeps_the_newest_lines_and_cuts_long_ones() -> None:
    cutter = LineCutter()
    assert cutter.feed(b"a\nb") == ["a"]
    assert cutter.feed(b"c\r\n") == ["bc"]
    assert cutter.feed(b"x" * (LINE_BYTES * 3)) == []
    assert cutter.feed(b"y\nz") == ["x" * LINE_BYTES + "…"]
    assert cutter.rest() == ["z"]
    assert cutter.rest() == []
    many = cutter.feed(b"".join(b"%d\n" % n for n in range(1000)))
    assert (len(many), many[-1]) == (KEPT_LINES, "999")


def test_ring_keeps_the_newest_of_each_stream() -> None:
    ring = LogRing()
    ring.add("stderr", ["e"])
    ring.add("stdout", [str(n) for n in range(500)])
    assert len(ring.lines()) == KEPT_LINES + 1
    assert ring.take()[-1] == ("stdout", "499")
    assert ring.lines() == []
