"""Keeps one stream running: chooses its mode, starts it again where that helps, and reports."""

from __future__ import annotations

import contextlib
import threading
import time
import uuid
from typing import Any

from pyspark.errors import AnalysisException

from headrace.errors import StreamError, first_sentence, sql_error
from headrace.modes import (
    CATCH_UP,
    LIVE_REASON,
    MICRO_BATCH,
    REAL_TIME,
    RateGovernor,
    RateMeter,
    Restarts,
    is_broker_away,
    is_scheduler_end,
    refusal_reason,
    refusal_sentence,
)
from headrace.running import Running
from headrace.spec import StreamSpec

TICK_SECONDS = 0.2
BEAT_SECONDS = 1.0
# Below this, records that wait are as soon processed in real time as by a batch of their own.
SMALL_BACKLOG = 2_000


class Supervisor(threading.Thread):
    """The thread of one stream. It alone starts and stops the queries of the stream."""

    def __init__(self, spec: StreamSpec, running: Running, backlog: int | None):
        super().__init__(name=f"headrace-{spec.name}", daemon=True)
        self.spec = spec
        self.run_id = uuid.uuid4().hex
        self.failure: StreamError | None = None
        self.refusal: str | None = None
        self.started = threading.Event()
        self._running = running
        self._stop_asked = threading.Event()
        self._meter = RateMeter()
        self._governor = RateGovernor(spec.max_real_time_rate)
        self._restarts = Restarts()
        self._state = "starting"
        self._flowing = False
        self._mode: str | None = None
        self._reason = ""
        self._rate = 0.0
        self._backlog = backlog
        self._held: int | None = None
        self._offered: int | None = None
        self._late = 0
        self._watermark: int | None = None
        self._last_beat = 0.0
        self._goal = MICRO_BATCH if spec.mode == MICRO_BATCH else REAL_TIME
        self._goal_reason = "Micro-batches were asked for." if spec.mode == MICRO_BATCH else ""

    @property
    def state(self) -> str:
        """State of the stream, as in ``src/shared/stream-status.ts``."""
        return self._state

    def ask_to_stop(self) -> None:
        """Asks for the end; wait for it with ``join``."""
        self._stop_asked.set()

    def run(self) -> None:
        """Runs the stream to its end, which is always reported."""
        try:
            self._begin()
            while not self._stop_asked.wait(TICK_SECONDS):
                self._tick()
            self._report("stopping")
            self._running.stop()
            self._reason = ""
            self._report("stopped")
        except StreamError as error:
            self._fail(error)
        except Exception as error:
            self._fail(StreamError("HR_STREAM_FAILED", first_sentence(error)))
        finally:
            self.started.set()
            with contextlib.suppress(Exception):
                self._running.close()

    def _fail(self, error: StreamError) -> None:
        self.failure = error
        with contextlib.suppress(Exception):
            self._running.stop()
        self._reason = error.message
        with contextlib.suppress(Exception):
            self._report("failed")

    def _begin(self) -> None:
        self._report("starting")
        waits = self._backlog is None or self._backlog > SMALL_BACKLOG
        refusal = self.spec.real_time_refusal
        if refusal is not None and self._goal == REAL_TIME:
            self._refused(refusal)
        elif self.spec.mode == "adaptive" and waits:
            self._start(CATCH_UP)
        else:
            self._go_live()
        self._report_running()
        self.started.set()

    def _go_live(self) -> None:
        self._start(self._goal)

    def _start(self, mode: str) -> None:
        try:
            self._running.start(mode)
        except Exception as error:
            self._query_ended(error, mode)
            return
        self._mode = mode
        self._reason = self._reason_for(mode)

    def _reason_for(self, mode: str) -> str:
        if mode == CATCH_UP:
            waiting = "the" if self._backlog is None else f"{self._backlog:,}"
            return f"Catching up with {waiting} waiting records before going live."
        return LIVE_REASON if mode == REAL_TIME else self._goal_reason

    def _tick(self) -> None:
        now = time.monotonic()
        if not self._running.is_active():
            error = self._running.exception()
            if error is None:
                self._go_live()
                self._report_running()
            else:
                self._query_ended(error, self._mode or self._goal)
        self._keep_companions()
        if now - self._last_beat >= BEAT_SECONDS:
            self._measure(now)
            self._choose(now)
            self._report_running()
        elif self._state == "starting":
            self._report_running()

    def _query_ended(self, error: Exception, mode: str) -> None:
        """Goes on after the query of ``mode`` was refused or has ended, or raises."""
        refusal = refusal_reason(error) if mode == REAL_TIME else None
        if refusal is not None:
            self._refused(refusal)
            return
        if isinstance(error, AnalysisException):
            raise sql_error(error) from error
        pause = self._pause_after(error)
        if pause is None:
            raise StreamError("HR_STREAM_FAILED", first_sentence(error)) from error
        self._reason = f"Starting again: {first_sentence(error)}."
        self._flowing = False
        self._report("starting")
        if not self._stop_asked.wait(pause):
            self._enter(self._goal)
            self._report_running()

    def _keep_companions(self) -> None:
        error = self._running.companion_end()
        if error is None:
            return
        pause = self._pause_after(error)
        if pause is None:
            raise StreamError("HR_STREAM_FAILED", first_sentence(error)) from error
        if not self._stop_asked.wait(pause):
            self._running.start_companions()

    def _refused(self, clause: str) -> None:
        self.refusal = refusal_sentence(clause)
        if self.spec.mode == REAL_TIME:
            raise StreamError(
                "HR_STREAM_FAILED", self.refusal, None, "Leave out --mode to let the stream choose."
            )
        self._goal, self._goal_reason = MICRO_BATCH, self.refusal
        self._start(MICRO_BATCH)

    def _enter(self, goal: str) -> None:
        """Goes to a mode by way of a catch-up: real-time mode never has to repeat a batch."""
        self._goal = goal
        self._backlog = None
        adaptive = self.spec.mode == "adaptive"
        self._start(CATCH_UP if adaptive and goal == REAL_TIME else goal)

    def _pause_after(self, error: Exception) -> float | None:
        """Seconds until a query that ended with this starts again; None where that cannot help."""
        if not is_scheduler_end(error) and not is_broker_away(error):
            return None
        return self._restarts.next_pause(time.monotonic())

    def _measure(self, now: float) -> None:
        self._late, self._watermark = self._running.late_and_watermark()
        try:
            ends = self._running.end_offsets()
            self._held = self._running.held(ends)
        except Exception as error:
            # What was measured last stays until the broker is back: the query waits for it as well.
            if not is_broker_away(error):
                raise
            return
        total = sum(sum(partitions.values()) for partitions in ends.values())
        self._rate = self._meter.observe(now, total)
        self._offered = self._running.offered(ends)
        self._backlog = self._running.backlog(ends) if self._mode != REAL_TIME else None

    def _choose(self, now: float) -> None:
        if self.spec.mode != "adaptive" or self.refusal is not None or self._mode == CATCH_UP:
            return
        goal = self._governor.decide(now, self._rate, self._goal)
        if goal == self._goal:
            return
        self._goal_reason = self._governor.reason(self._rate) if goal == MICRO_BATCH else ""
        self._running.stop_query()
        self._enter(goal)

    def _report_running(self) -> None:
        """Reports the stream as live once records flow; a change of mode does not end that."""
        self._flowing = self._flowing or self._running.is_flowing()
        if self._flowing or self._state != "starting":
            self._report("live")
        elif time.monotonic() - self._last_beat >= BEAT_SECONDS:
            self._report("starting")

    def _report(self, state: str) -> None:
        self._state = state
        self._last_beat = time.monotonic()
        self._running.report(
            {
                "run": self.run_id,
                "at": int(time.time() * 1000),
                "state": state,
                "mode": self._mode if state == "live" else None,
                "reason": self._reason,
                "inputRate": round(self._rate, 1),
                "backlog": self._backlog,
                "batch": self._running.batch(),
                "topicRecords": self._held,
                "offered": self._offered,
                "late": self._late,
                "watermark": self._watermark,
                "error": None if self.failure is None else self.failure.as_json(),
            }
        )

    def describe(self) -> dict[str, Any]:
        """What :func:`headrace_streams.start` answers about real-time mode."""
        allowed = False if self.refusal else (True if self._mode == REAL_TIME else None)
        return {"allowed": allowed, "reason": self.refusal or self._reason}
