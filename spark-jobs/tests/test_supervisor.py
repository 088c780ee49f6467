"""The supervisor over queries that a test starts, ends and refuses."""

import json
import threading
import time
from pathlib import Path

import pytest
from headrace.errors import StreamError
from headrace.modes import CATCH_UP, MICRO_BATCH, REAL_TIME
from headrace.spec import parse_spec
from headrace.supervisor import SMALL_BACKLOG, Supervisor
from pyspark.errors import AnalysisException

MESSAGES = json.loads(Path(__file__).with_name("stream_messages.json").read_text())
WAIT_SECONDS = 20.0
REFUSED = Exception(
    "[STREAMING_REAL_TIME_MODE.OUTPUT_MODE_NOT_SUPPORTED] Streaming real-time mode has the "
    "following limitation: Output mode."
)
CANCELLED = Exception("[SPARK_JOB_CANCELLED] Job 7 cancelled")
AWAY = Exception(
    "An error occurred while calling o52.endOffsets. : org.apache.kafka.common.errors."
    "TimeoutException: Failed to get offsets by times in 5000ms"
)
BROKEN = Exception("[DIVIDE_BY_ZERO] Division by zero. Use try_divide. SQLSTATE: 22012")


class Queries:
    """Stands for the queries in Spark: keeps what was started and reported."""

    def __init__(self):
        self.starts = []
        self.events = []
        self.refusals = {}
        self.active = False
        self.flowing = True
        self.error = None
        self.offset = 0
        self.away = None
        self.measured = 0
        self.late = 0
        self.closed = threading.Event()

    def start(self, mode):
        self.starts.append(mode)
        if mode in self.refusals:
            raise self.refusals[mode]
        self.active, self.error = True, None

    def end(self, error=None):
        self.error = error
        self.active = False

    def is_active(self):
        return self.active

    def is_flowing(self):
        return self.flowing

    def exception(self):
        return self.error

    def companion_end(self):
        return None

    def end_offsets(self):
        self.measured += 1
        if self.away is not None:
            raise self.away
        return {"words": {0: self.offset}}

    def held(self, ends):
        return ends["words"][0] + 5

    def offered(self, ends):
        return ends["words"][0]

    def late_and_watermark(self):
        return self.late, 1_700_000_000_000

    def backlog(self, ends):
        return 3

    def batch(self):
        return None

    def stop_query(self):
        self.active = False

    def stop(self):
        self.active = False

    def report(self, event):
        self.events.append(event)

    def close(self):
        self.closed.set()


@pytest.fixture
def run():
    """Starts supervisors and ends them after the test."""
    started = []

    def start(queries, backlog=0, refusal=None, **changes):
        request = json.loads(json.dumps(MESSAGES["request"]))
        request["realTimeRefusal"] = refusal
        request["spec"].update(changes)
        supervisor = Supervisor(parse_spec(json.dumps(request)), queries, backlog)
        started.append(supervisor)
        supervisor.start()
        return supervisor

    yield start
    for one in started:
        one.ask_to_stop()
        one.join(WAIT_SECONDS)
        assert not one.is_alive()


def until(condition):
    deadline = time.monotonic() + WAIT_SECONDS
    while not condition():
        assert time.monotonic() < deadline, "the condition did not come true"
        time.sleep(0.01)


def test_goes_live_at_once_where_little_waits(run):
    queries = Queries()
    supervisor = run(queries, backlog=SMALL_BACKLOG)
    until(lambda: supervisor.state == "live")
    assert queries.starts == [REAL_TIME]
    assert supervisor.describe()["allowed"] is True


def test_is_live_only_when_records_flow(run):
    queries = Queries()
    queries.flowing = False
    supervisor = run(queries)
    until(lambda: len(queries.events) >= 2)
    assert {event["state"] for event in queries.events} == {"starting"}
    queries.flowing = True
    until(lambda: supervisor.state == "live")


@pytest.mark.parametrize("backlog", [SMALL_BACKLOG + 1, None])
def test_catches_up_first_where_much_or_nobody_knows_how_much_waits(run, backlog):
    queries = Queries()
    run(queries, backlog=backlog)
    until(lambda: queries.starts == [CATCH_UP])
    queries.end()
    until(lambda: queries.starts == [CATCH_UP, REAL_TIME])


@pytest.mark.parametrize("at_once", [True, False])
def test_goes_on_in_batches_when_real_time_is_refused(run, at_once):
    queries = Queries()
    if at_once:
        queries.refusals[REAL_TIME] = REFUSED
    supervisor = run(queries)
    until(lambda: queries.starts[:1] == [REAL_TIME])
    if not at_once:
        until(lambda: supervisor.state == "live")
        queries.end(REFUSED)
    until(lambda: queries.starts == [REAL_TIME, MICRO_BATCH])
    until(lambda: queries.events[-1]["mode"] == MICRO_BATCH)
    assert "it needs an output mode other than update" in queries.events[-1]["reason"]
    assert supervisor.describe()["allowed"] is False


def test_a_pinned_mode_that_is_refused_is_a_failure(run):
    queries = Queries()
    queries.refusals[REAL_TIME] = REFUSED
    supervisor = run(queries, mode="real-time")
    until(lambda: supervisor.state == "failed")
    assert supervisor.failure.code == "HR_STREAM_FAILED"
    assert queries.starts == [REAL_TIME]


def test_never_tries_real_time_where_the_target_has_none(run):
    queries = Queries()
    supervisor = run(queries, backlog=SMALL_BACKLOG + 1, refusal="Spark 3.5.8 does not have it")
    until(lambda: supervisor.state == "live")
    assert queries.starts == [MICRO_BATCH]
    reason = "Real-time mode is not possible for this query: Spark 3.5.8 does not have it."
    assert supervisor.describe() == {"allowed": False, "reason": reason}
    until(lambda: queries.events[-1]["reason"] == reason)


def test_micro_batches_that_were_asked_for_need_no_other_reason(run):
    queries = Queries()
    supervisor = run(queries, mode="micro-batch", refusal="Spark 3.5.8 does not have it")
    until(lambda: supervisor.state == "live")
    assert supervisor.describe()["reason"] == "Micro-batches were asked for."


def test_a_pinned_mode_that_the_target_has_not_starts_nothing(run):
    queries = Queries()
    supervisor = run(queries, mode="real-time", refusal="Spark 3.5.8 does not have it")
    until(lambda: supervisor.state == "failed")
    assert supervisor.failure.code == "HR_STREAM_FAILED"
    assert queries.starts == []


def test_starts_again_by_way_of_a_catch_up_after_an_end_of_the_scheduler(run):
    queries = Queries()
    supervisor = run(queries)
    until(lambda: supervisor.state == "live")
    queries.end(CANCELLED)
    until(lambda: queries.starts == [REAL_TIME, CATCH_UP])
    queries.end()
    until(lambda: queries.starts == [REAL_TIME, CATCH_UP, REAL_TIME])
    assert [event["state"] for event in queries.events].count("failed") == 0


def test_outlives_a_broker_that_is_away(run):
    queries = Queries()
    supervisor = run(queries)
    until(lambda: supervisor.state == "live")
    queries.away, before = AWAY, queries.measured
    until(lambda: queries.measured > before + 1)
    queries.end(AWAY)
    until(lambda: len(queries.starts) == 2)
    assert (supervisor.failure, queries.starts[1]) == (None, CATCH_UP)
    queries.away = BROKEN
    until(lambda: supervisor.state == "failed")


def test_tells_what_topics_hold_and_what_was_late(run):
    queries = Queries()
    run(queries)
    queries.offset, queries.late = 7, 2
    until(lambda: queries.events and queries.events[-1]["topicRecords"] == 12)
    last = queries.events[-1]
    assert (last["offered"], last["late"], last["watermark"]) == (7, 2, 1_700_000_000_000)


def test_keeps_what_topics_held_while_the_broker_is_away(run):
    queries = Queries()
    queries.offset = 7
    run(queries)
    until(lambda: queries.events and queries.events[-1]["offered"] == 7)
    queries.away, queries.late, before = AWAY, 1, queries.measured
    until(lambda: queries.measured > before and queries.events[-1]["late"] == 1)
    last = queries.events[-1]
    assert (last["topicRecords"], last["offered"]) == (12, 7)


def test_fails_with_the_first_sentence_of_any_other_error(run):
    queries = Queries()
    supervisor = run(queries)
    until(lambda: supervisor.state == "live")
    queries.end(BROKEN)
    until(lambda: queries.closed.is_set())
    last = queries.events[-1]
    assert (last["state"], last["mode"]) == ("failed", None)
    assert last["error"] == {"code": "HR_STREAM_FAILED", "message": "Division by zero"}


def test_a_query_that_spark_refuses_is_an_error_of_its_sql(run):
    queries = Queries()
    refused = AnalysisException("Sorting is not supported, unless. SQLSTATE: 1")
    queries.refusals = {REAL_TIME: refused}
    supervisor = run(queries)
    until(lambda: supervisor.state == "failed")
    assert supervisor.failure.code == "HR_SQL"


def test_leaves_real_time_when_the_rate_stays_high(run):
    queries = Queries()
    run(queries, maxRealTimeRate=1)

    def grown():
        queries.offset += 1000
        return MICRO_BATCH in queries.starts

    until(grown)
    assert queries.starts == [REAL_TIME, MICRO_BATCH]
    until(lambda: "above the limit of 1" in queries.events[-1]["reason"])


def test_tells_its_end(run):
    queries = Queries()
    supervisor = run(queries)
    until(lambda: supervisor.state == "live")
    supervisor.ask_to_stop()
    until(lambda: queries.closed.is_set())
    assert [event["state"] for event in queries.events][-2:] == ["stopping", "stopped"]
    assert not queries.active


def test_beats_have_the_form_that_the_runtime_reads(run):
    queries = Queries()
    run(queries)
    until(lambda: queries.events and queries.events[-1]["mode"] == REAL_TIME)
    beat, sample = queries.events[-1], MESSAGES["beat"]
    assert list(beat) == list(sample)
    for name in ("run", "state", "mode", "reason"):
        assert isinstance(beat[name], type(sample[name])), name
    for name in ("at", "inputRate"):
        assert isinstance(beat[name], (int, float)), name
    assert isinstance(beat["late"], int)
    for name in ("backlog", "batch", "topicRecords", "offered", "watermark"):
        assert beat[name] is None or isinstance(beat[name], int), name


def test_failures_have_the_form_that_the_runtime_reads():
    sample = MESSAGES["failure"]
    error = StreamError(sample["code"], sample["message"], sample["why"], sample["next"])
    assert error.as_json() == sample
