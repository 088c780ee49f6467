"""Progress of a statement from Spark's status tracker."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

PERIOD_S = 0.25
NEWEST_JOBS = 20
"""Jobs looked at; a cell in a loop may have started thousands."""


def job_group(statement: int) -> str:
    """Name of the job group of a statement."""
    return f"headrace-statement-{statement}"


def fraction_done(tracker: Any, statement: int) -> float:
    """Finished tasks over all tasks of the statement's jobs; 0 while there are none."""
    jobs = sorted(tracker.getJobIdsForGroup(job_group(statement)))[-NEWEST_JOBS:]
    infos = [info for info in map(tracker.getJobInfo, jobs) if info is not None]
    stages = [tracker.getStageInfo(stage) for info in infos for stage in info.stageIds]
    known = [stage for stage in stages if stage is not None]
    tasks = sum(stage.numTasks for stage in known)
    return sum(stage.numCompletedTasks for stage in known) / tasks if tasks else 0.0


class ProgressReporter:
    """Reports changes of the running statement's progress from a thread of its own."""

    def __init__(self, tracker: Any, report: Callable[[int, float], None]) -> None:
        self._tracker = tracker
        self._report = report
        self._statement: int | None = None
        self._changed = threading.Condition()
        threading.Thread(target=self._run, name="progress", daemon=True).start()

    def watch(self, statement: int | None) -> None:
        """Report on this statement from now on, or on none."""
        with self._changed:
            self._statement = statement
            self._changed.notify()

    def _run(self) -> None:
        last = (-1, 0.0)
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._statement is not None)
                self._changed.wait(PERIOD_S)
                statement = self._statement
            if statement is not None:
                now = (statement, round(self._fraction(statement), 3))
                if now not in (last, (statement, 0.0)):
                    self._report(*now)
                last = now

    def _fraction(self, statement: int) -> float:
        try:
            return fraction_done(self._tracker, statement)
        except Exception:
            # Spark forgets old stages while they are being read; the next turn sees the rest.
            return 0.0
