import itertools

import pytest
from headrace.modes import (
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

ALLOWLIST = (
    "[STREAMING_REAL_TIME_MODE.OPERATOR_OR_SINK_NOT_IN_ALLOWLIST] Streaming real-time mode has "
    "the following limitation: The operator(s): org.apache.spark.sql.execution.python."
    "BatchEvalPythonExec is not in the operator allowlist for Real-Time Mode. To bypass this "
    "check, set spark.sql.streaming.realTimeMode.allowlistCheck to false. SQLSTATE: 0A000\n"
    "=== Streaming Query ===\nCurrent State: ACTIVE"
)


class TestRefusals:
    def test_names_the_operator_in_words(self):
        assert refusal_reason(Exception(ALLOWLIST)) == "it does not allow Python functions"

    def test_gives_the_limitation_of_an_unknown_kind_without_its_frame(self):
        error = Exception(
            "[STREAMING_REAL_TIME_MODE.SOMETHING_NEW] Streaming real-time mode has the following "
            "limitation: Real-time mode does not support\nthis. SQLSTATE: 0A000"
        )
        assert refusal_reason(error) == "Real-time mode does not support this"

    def test_knows_a_spark_without_the_trigger(self):
        error = TypeError("trigger() got an unexpected keyword argument 'realTime'")
        assert refusal_reason(error) == "this version of Spark does not have it"

    def test_knows_the_refusal_that_has_no_condition(self):
        error = Exception("maxOffsetsPerTrigger is not compatible with real time mode")
        assert refusal_reason(error) == "an option of the Kafka source rules it out"

    @pytest.mark.parametrize("text", ["[SPARK_JOB_CANCELLED] x", "boom", "[DIVIDE_BY_ZERO] y"])
    def test_leaves_other_errors_alone(self, text):
        assert refusal_reason(Exception(text)) is None

    def test_becomes_one_sentence(self):
        sentence = refusal_sentence("it does not allow Sort")
        assert sentence == "Real-time mode is not possible for this query: it does not allow Sort."


def test_ends_of_the_scheduler_are_told_from_others():
    lost = Exception(
        "[STREAM_FAILED] Query ended: [CONCURRENT_SCHEDULER_INSUFFICIENT_SLOT] needs 4"
    )
    assert is_scheduler_end(lost)
    assert is_scheduler_end(Exception("Job 3 cancelled [SPARK_JOB_CANCELLED] by user"))
    assert not is_scheduler_end(Exception("[DIVIDE_BY_ZERO] Division by zero"))


def test_a_broker_that_is_away_is_told_from_one_that_refuses():
    kafka = "org.apache.kafka.common.errors."
    assert is_broker_away(Exception(f"Job aborted: {kafka}TimeoutException: Expiring 3 records"))
    assert not is_broker_away(Exception(f"{kafka}RecordTooLargeException: too large"))


def run(governor, mode, samples):
    """Feeds (time, rate) pairs and gives the modes after each."""
    modes = []
    for now, rate in samples:
        mode = governor.decide(now, rate, mode)
        modes.append(mode)
    return modes


class TestRateGovernor:
    def test_leaves_real_time_only_when_the_rate_stays_high(self):
        governor = RateGovernor(limit=1000, leave_after=5, return_after=15)
        spike = [(0, 2000), (4, 2000), (4.5, 500), (5, 2000), (9.9, 2000)]
        assert run(governor, REAL_TIME, spike) == [REAL_TIME] * 5
        assert run(governor, REAL_TIME, [(10, 2000)]) == [MICRO_BATCH]

    def test_returns_only_when_the_rate_stays_well_below_the_limit(self):
        governor = RateGovernor(limit=1000, leave_after=5, return_after=15)
        between = [(0, 700), (100, 700)]
        assert run(governor, MICRO_BATCH, between) == [MICRO_BATCH] * 2
        low = [(200, 500), (214, 500), (215, 500)]
        assert run(governor, MICRO_BATCH, low) == [MICRO_BATCH, MICRO_BATCH, REAL_TIME]

    def test_does_not_swing_at_a_rate_near_the_limit(self):
        governor = RateGovernor(limit=1000, leave_after=1, return_after=1)
        modes = run(governor, REAL_TIME, [(t, 1100 if t % 4 < 2 else 900) for t in range(40)])
        assert sum(a != b for a, b in itertools.pairwise(modes)) <= 1

    def test_names_the_rate_and_the_limit(self):
        reason = RateGovernor(limit=5000).reason(8200.4)
        assert reason == "Input of 8,200 records/s is above the limit of 5,000 for real-time mode."


class TestRateMeter:
    def test_measures_over_the_window_only(self):
        meter = RateMeter(window=3)
        for at in range(11):
            rate = meter.observe(at, at * 100)
        assert rate == pytest.approx(100)
        assert [meter.observe(at, 1000) for at in (11, 12, 13, 14)][-1] == pytest.approx(0)

    def test_starts_anew_when_a_topic_was_made_anew(self):
        meter = RateMeter()
        meter.observe(0, 5000)
        assert meter.observe(1, 10) == 0


class TestRestarts:
    def test_grow_and_end(self):
        restarts = Restarts(limit=3, first_pause=1)
        assert [restarts.next_pause(at) for at in range(4)] == [1, 2, 4, None]

    def test_begin_anew_after_a_healthy_time(self):
        restarts = Restarts(limit=1, first_pause=1, healthy_after=60)
        assert [restarts.next_pause(at) for at in (0, 10, 100)] == [1, None, 1]
