"""What a cell prints and shows, in order."""

from __future__ import annotations

import io
import json
import threading
from typing import Any, TextIO

TEXT_LIMIT = 2_000_000
"""Characters of text that one cell keeps: an endless print must not fill the memory."""
TEXT_CUT = "\n… output cut here: the cell printed more than 2,000,000 characters\n"

Bundle = dict[str, Any]
Output = dict[str, Any]


class Recorder:
    """Collects the outputs of the running cell; only the thread that runs the cell records."""

    def __init__(self) -> None:
        self._owner: int | None = None
        self._outputs: list[Output] = []
        self._room = TEXT_LIMIT

    def begin(self) -> None:
        """Start recording what this thread prints."""
        self._outputs = []
        self._room = TEXT_LIMIT
        self._owner = threading.get_ident()

    def end(self) -> list[Output]:
        """Stop recording and hand over the outputs, each stream output with its whole text."""
        self._owner = None
        outputs, self._outputs = self._outputs, []
        return [
            {"type": "stream", "name": output["name"], "text": "".join(output["pieces"])}
            if output["type"] == "stream"
            else output
            for output in outputs
        ]

    @property
    def recording(self) -> bool:
        """Whether this thread runs a cell now."""
        return self._owner == threading.get_ident()

    def text(self, name: str, text: str) -> None:
        """Printed text; pieces that follow each other on one stream become one output."""
        if self._room <= 0 or not text:
            return
        kept = text[: self._room]
        self._room -= len(kept)
        if self._room <= 0:
            kept += TEXT_CUT
        last = self._outputs[-1] if self._outputs else None
        if last is not None and last.get("name") == name:
            last["pieces"].append(kept)
        else:
            self._outputs.append({"type": "stream", "name": name, "pieces": [kept]})

    def show(self, bundle: Bundle, kind: str = "display") -> None:
        """Something rich: values by MIME type."""
        data = {mime: plain_json(form) for mime, form in bundle.items()}
        self._outputs.append({"type": kind, "data": data})


def plain_json(form: Any) -> Any:
    """A value as JSON can hold it: arrays as lists, NaN as null, what else is foreign as text."""
    if isinstance(form, str):
        return form
    text = json.dumps(form, default=_plain, skipkeys=True)
    return json.loads(text, parse_constant=lambda _name: None)


def _plain(value: Any) -> Any:
    return value.tolist() if hasattr(value, "tolist") else str(value)


class CellStream(io.TextIOBase):
    """Stands in for `sys.stdout` or `sys.stderr`: records a cell's own text, logs the rest."""

    def __init__(self, name: str, log: TextIO, recorder: Recorder) -> None:
        self._name = name
        self._log = log
        self._recorder = recorder
        self.buffer = _Utf8Writer(self)

    @property
    def encoding(self) -> str:  # type: ignore[override]
        """UTF-8, whatever the locale says."""
        return "utf-8"

    def write(self, text: str) -> int:
        """Record or log."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        if self._recorder.recording:
            self._recorder.text(self._name, text)
        else:
            self._log.write(text)
        return len(text)

    def writable(self) -> bool:
        """Yes."""
        return True

    def flush(self) -> None:
        """Flush the log; recorded text needs none."""
        self._log.flush()

    def fileno(self) -> int:
        """Where programs that a cell starts write: the log."""
        return self._log.fileno()


class _Utf8Writer(io.RawIOBase):
    """The bytes side of a stream, for code that writes to `sys.stdout.buffer`."""

    def __init__(self, stream: CellStream) -> None:
        self._stream = stream

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        content = bytes(data)
        self._stream.write(content.decode("utf-8", "replace"))
        return len(content)
