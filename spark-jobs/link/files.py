"""The files of a held process's folder, which are for its user only and never seen half written."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

from link.channel import Message

REQUEST_FILE = "request.json"
"""Written by the gateway before it starts the process: the secret, and what is to be done."""
ENDPOINT_FILE = "endpoint.json"
"""Written by the process when it listens."""
LAST_FILE = "last.json"
"""Written by the process when it ends by itself: for a gateway that comes later."""


@dataclass(frozen=True)
class LinkRequest:
    """What a process was started with."""

    folder: Path
    secret: str
    start: Message


def read_request(folder: Path) -> LinkRequest:
    """Read what the gateway has left in the folder."""
    content = json.loads((folder / REQUEST_FILE).read_text("utf-8"))
    return LinkRequest(folder, content["secret"], content["start"])


def write_whole(file: Path, value: object) -> None:
    """Write JSON so that a reader sees the old file or the new one."""
    fresh = file.with_name(f"{file.name}.{os.getpid()}.new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        stream.write(json.dumps(value) + "\n")
    fresh.replace(file)
