"""What the gateway asks for beside the statements, while one of them may be running."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from link import Link
from link.channel import Message

from driver.dependencies import Dependencies
from driver.kinds import Kinds
from driver.spark_errors import spark_message


class SideRequests:
    """Answers requests on two threads, so that a slow download does not hold completion up."""

    def __init__(self, link: Link, kinds: Kinds, dependencies: Dependencies) -> None:
        self._link = link
        self._kinds = kinds
        self._dependencies = dependencies
        self._completions = ThreadPoolExecutor(1, "completion")
        self._additions = ThreadPoolExecutor(1, "dependencies")

    def complete(self, message: Message) -> None:
        """Answer with words that may stand at the cursor."""
        kind, code, cursor = message["kind"], message["code"], message["cursor"]
        self._completions.submit(
            self._answer, message["request"], lambda: self._kinds.complete(kind, code, cursor)
        )

    def add(self, message: Message) -> None:
        """Add a dependency, and answer when it is there."""
        kind, path = message["kind"], message["path"]
        self._additions.submit(
            self._answer, message["request"], lambda: self._dependencies.add(kind, path)
        )

    def _answer(self, request: int, find: Callable[[], Any]) -> None:
        try:
            answer = {"value": find()}
        except Exception as error:
            answer = {"error": spark_message(str(error)) or type(error).__name__}
        self._link.publish({"type": "answer", "request": request, **answer})
