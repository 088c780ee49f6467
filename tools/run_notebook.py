"""Executes one notebook without a browser and writes it as an HTML page.

Usage: python run_notebook.py INPUT OUTPUT.html WORKING_FOLDER

One line a code cell goes to standard output while the notebook runs. The page is written in any
case; the exit status is 1 when a cell failed.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError
from nbconvert import HTMLExporter


class CellProgress:
    """Says which cell runs and how long each took."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.done = 0
        self.started = 0.0

    def start(self, cell: nbformat.NotebookNode, cell_index: int) -> None:
        """Called by nbclient before each cell, Markdown cells too."""
        if cell.cell_type == "code":
            self.done += 1
            self.started = time.monotonic()
            lines = cell.source.strip().splitlines()
            print(f"[{self.done}/{self.total}] {lines[0] if lines else ''}", flush=True)

    def end(
        self, cell: nbformat.NotebookNode, cell_index: int, execute_reply: dict[str, Any]
    ) -> None:
        """Called by nbclient after each code cell, also after one that failed."""
        print(f"      {time.monotonic() - self.started:.1f} s", flush=True)


def execute(notebook: nbformat.NotebookNode, folder: Path) -> str | None:
    """Runs all cells in place; the text of the first error, or None."""
    progress = CellProgress(sum(cell.cell_type == "code" for cell in notebook.cells))
    client = NotebookClient(
        notebook,
        timeout=None,
        startup_timeout=120,
        resources={"metadata": {"path": str(folder)}},
        on_cell_start=progress.start,
        on_cell_executed=progress.end,
    )
    try:
        client.execute()
    except CellExecutionError as error:
        return f"{error.ename}: {error.evalue}"
    except DeadKernelError:
        return "the kernel died"
    return None


def main(arguments: list[str]) -> int:
    """Entry; see the module's documentation."""
    source, page, folder = (Path(argument) for argument in arguments)
    notebook = nbformat.read(source, as_version=4)
    failure = execute(notebook, folder)
    body, _ = HTMLExporter().from_notebook_node(
        notebook, resources={"metadata": {"name": source.stem}}
    )
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(body, encoding="utf-8")
    if failure is not None:
        print(f"A cell failed: {failure}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
