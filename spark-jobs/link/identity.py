"""What tells this process apart from every other one that has had its number."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

START_FIELD = 19
"""Place of the start time after the name in `/proc/PID/stat`: field 22 of proc(5)."""


def start_time() -> str:
    """When this process started, in the system's own notation, as the gateway reads it too."""
    stat = Path("/proc/self/stat")
    if stat.exists():
        # The name before the last parenthesis may hold anything.
        return stat.read_text("utf-8", "replace").rpartition(")")[2].split()[START_FIELD]
    command = ["ps", "-o", "lstart=", "-p", str(os.getpid())]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
