"""Bounded log: the newest lines of standard output and of standard error."""

from __future__ import annotations

from collections import deque

KEPT_LINES = 200
"""Lines kept of each stream, as Livy's `livy.cache-log.size`."""
LINE_BYTES = 4_000
"""A longer line is cut: the log is for people."""
CUT = "…"

Lines = list[tuple[str, str]]


class LogRing:
    """The newest lines of each stream."""

    def __init__(self) -> None:
        self._streams: dict[str, deque[str]] = {}

    def add(self, stream: str, lines: list[str]) -> None:
        """Add lines and forget the oldest ones beyond the limit."""
        self._streams.setdefault(stream, deque(maxlen=KEPT_LINES)).extend(lines)

    def take(self) -> Lines:
        """All lines, which are forgotten here."""
        lines = self.lines()
        self._streams.clear()
        return lines

    def lines(self) -> Lines:
        """All lines with the names of their streams, stream by stream."""
        return [(stream, line) for stream, kept in self._streams.items() for line in kept]


class LineCutter:
    """Makes lines of the pieces in which bytes arrive."""

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, piece: bytes) -> list[str]:
        """The newest lines that are complete now; no more are kept than the log keeps."""
        *lines, self._rest = (self._rest + piece).split(b"\n")
        # One byte beyond the limit is enough to know that a line was cut.
        self._rest = self._rest[: LINE_BYTES + 1]
        return [_text(line) for line in lines[-KEPT_LINES:]]

    def rest(self) -> list[str]:
        """The line that was begun and not ended."""
        rest, self._rest = self._rest, b""
        return [_text(rest)] if rest else []


def _text(line: bytes) -> str:
    kept = line[:LINE_BYTES].decode("utf-8", "replace").rstrip("\r")
    return kept + CUT if len(line) > LINE_BYTES else kept
