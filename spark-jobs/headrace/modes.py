"""Which mode a stream runs in, and why: decisions without Spark, to be tested alone."""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass

from headrace.errors import condition_of

CATCH_UP = "catch-up"
REAL_TIME = "real-time"
MICRO_BATCH = "micro-batch"

LIVE_REASON = "Each record is processed as it arrives."

# Ends that say nothing about the query: it was short of slots, or somebody cancelled all jobs.
_BROKER_AWAY = re.compile(
    r"org\.apache\.kafka\.common\.errors\."
    r"(Timeout|Disconnect|Network|BrokerNotAvailable|LeaderNotAvailable|NotLeaderOrFollower)Exception"
)
_SCHEDULER_CONDITIONS = ("CONCURRENT_SCHEDULER_INSUFFICIENT_SLOT", "SPARK_JOB_CANCELLED")

_REFUSALS = {
    "OUTPUT_MODE_NOT_SUPPORTED": "it needs an output mode other than update",
    "INPUT_STREAM_NOT_SUPPORTED": "it reads from a source other than Kafka",
    "SQL_CONFIGURATION_NOT_SUPPORTED": "a setting of the session rules it out",
    "CHECKPOINT_FORMAT_V1_NOT_SUPPORTED": "its checkpoint has an old format",
    "STATEFUL_OPERATORS_BEFORE_UNION_NOT_SUPPORTED": "it unites aggregated rows",
}

_OPERATORS = {
    "BatchEvalPython": "Python functions",
    "ArrowEvalPython": "Python functions",
    "SortMergeJoin": "joins of two large sides",
    "Sort": "joins of two large sides",
}


def refusal_reason(error: BaseException) -> str | None:
    """Why real-time mode refuses a query, as a clause; None for any other error."""
    text = str(error)
    if isinstance(error, TypeError) and "realTime" in text:
        return "this version of Spark does not have it"
    if "not compatible with real time mode" in text:
        return "an option of the Kafka source rules it out"
    condition = condition_of(error) or ""
    if not condition.startswith(("STREAMING_REAL_TIME_MODE", "INVALID_STREAMING_REAL_TIME_MODE")):
        return None
    detail = condition.rpartition(".")[2]
    if detail == "OPERATOR_OR_SINK_NOT_IN_ALLOWLIST":
        return f"it does not allow {_operators(text)}"
    known = _REFUSALS.get(detail)
    return known or re.sub(r"^.*?the following limitation: ", "", _whole_line(text))


def _whole_line(text: str) -> str:
    line = re.sub(r"\s*SQLSTATE.*$", "", text, flags=re.DOTALL)
    return re.sub(r"\s+", " ", line).strip().rstrip(".")


def _operators(text: str) -> str:
    said = re.sub(r"\[\S+\]", "", text).split("allowlist")[0]
    names = re.findall(r"\b(?:\w+\.)+(\w+?)(?:Exec)?\b", said)
    known = [_OPERATORS.get(name, name) for name in names]
    return ", ".join(dict.fromkeys(known)) or "an operator of this query"


def refusal_sentence(clause: str) -> str:
    """The sentence shown above the view of a query that runs in micro-batches for this reason."""
    return f"Real-time mode is not possible for this query: {clause}."


def is_scheduler_end(error: BaseException) -> bool:
    """Whether a query ended for a reason of the scheduler, so that starting it again may help."""
    return condition_of(error) in _SCHEDULER_CONDITIONS


def is_broker_away(error: BaseException) -> bool:
    """Whether Kafka's client gave up on a broker that did not answer; it may be back soon."""
    return _BROKER_AWAY.search(str(error)) is not None


class RateMeter:
    """Records per second from a growing total, over the last seconds."""

    def __init__(self, window: float = 3.0):
        self._window = window
        self._samples: deque[tuple[float, int]] = deque()

    def observe(self, at: float, total: int) -> float:
        """Takes the total as of ``at`` (seconds) and gives the present rate."""
        if self._samples and total < self._samples[-1][1]:
            self._samples.clear()
        self._samples.append((at, total))
        while len(self._samples) > 2 and self._samples[1][0] <= at - self._window:
            self._samples.popleft()
        first_at, first_total = self._samples[0]
        return (total - first_total) / (at - first_at) if at > first_at else 0.0


@dataclass
class RateGovernor:
    """Chooses between real-time mode and micro-batches by the input rate, with hysteresis.

    Real-time mode writes one result row per input row, which is dear above some rate. It is left
    when the rate stays above ``limit`` for ``leave_after`` seconds, and entered again when it stays
    below ``RETURN_FRACTION`` of it for ``return_after`` seconds.
    """

    limit: float
    leave_after: float = 5.0
    return_after: float = 15.0
    _since: float | None = None

    RETURN_FRACTION = 0.6

    def decide(self, now: float, rate: float, mode: str) -> str:
        """The mode to run in, given the mode that runs now."""
        if mode == REAL_TIME:
            crossed, patience, other = rate > self.limit, self.leave_after, MICRO_BATCH
        else:
            low = rate < self.limit * self.RETURN_FRACTION
            crossed, patience, other = low, self.return_after, REAL_TIME
        if not crossed:
            self._since = None
            return mode
        if self._since is None:
            self._since = now
        if now - self._since < patience:
            return mode
        self._since = None
        return other

    def reason(self, rate: float) -> str:
        """Why micro-batches run at this rate."""
        return (
            f"Input of {rate:,.0f} records/s is above the limit of {self.limit:,.0f} "
            "for real-time mode."
        )


@dataclass
class Restarts:
    """How often a query may be started again: some times in a row, with growing pauses."""

    limit: int = 5
    first_pause: float = 0.5
    healthy_after: float = 60.0
    _count: int = 0
    _last: float | None = None

    def next_pause(self, now: float) -> float | None:
        """Seconds to wait before the next start; None when it has failed too often in a row."""
        if self._last is not None and now - self._last > self.healthy_after:
            self._count = 0
        self._last = now
        if self._count >= self.limit:
            return None
        self._count += 1
        return self.first_pause * 2 ** (self._count - 1)
