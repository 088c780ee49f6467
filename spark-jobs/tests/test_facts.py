"""Facts of the way of records: sums of offsets, and progress events counted once."""

import json

from headrace.facts import ProgressFacts, distance, finished_batch, starting_places


class Event:
    """A progress event as the JVM holds it; counts how often it is read."""

    def __init__(self, batch, late=0, watermark=None, second=0):
        event_time = {} if watermark is None else {"watermark": watermark}
        self.read = 0
        self._text = json.dumps(
            {
                "runId": "r",
                "batchId": batch,
                "timestamp": f"2026-01-01T00:00:{second:02}.000Z",
                "stateOperators": [{"numRowsDroppedByWatermark": late}],
                "eventTime": event_time,
            }
        )

    def json(self):
        self.read += 1
        return self._text


def test_distance_is_summed_over_topics_and_partitions():
    begins = {"a": {0: 5, 1: 10}, "b": {0: 1}}
    assert distance(begins, {"a": {0: 7, 1: 10}, "b": {0: 4}}) == 5


def test_distance_takes_a_new_partition_whole_and_a_topic_made_anew_for_nothing():
    assert distance({"a": {0: 5}}, {"a": {0: 5, 1: 3}}) == 3
    assert distance({"a": {0: 50}}, {"a": {0: 2}}) == 0


def test_starting_places_are_those_that_the_source_takes():
    starting = {"a": json.dumps({"a": {"0": 5, "1": 7}})}
    assert starting_places(starting) == {"a": {0: 5, 1: 7}}


def test_an_event_without_a_batch_has_the_number_of_the_next():
    assert finished_batch({"batchId": 3, "durationMs": {"addBatch": 9}}) == 3
    assert finished_batch({"batchId": 3, "durationMs": {"latestOffset": 1}}) == 2
    assert finished_batch({"batchId": 0, "durationMs": {}}) is None


def test_an_event_counts_once_however_often_it_is_seen():
    facts, events = ProgressFacts(), [Event(0, late=2), Event(1, late=3, second=1)]
    facts.take(events)
    facts.take(events)
    events.append(Event(2, late=1, second=2))
    facts.take(events)
    assert facts.late == 6
    assert events[0].read == 1


def test_an_idle_event_does_not_hide_the_batch_of_its_number():
    facts = ProgressFacts()
    facts.take([Event(5, second=1)])
    facts.take([Event(5, second=1), Event(5, late=4, second=2)])
    assert facts.late == 4


def test_goes_on_counting_over_a_new_query():
    facts = ProgressFacts()
    facts.take([Event(0, late=2)])
    facts.take([])
    facts.take([Event(1, late=3, second=5)])
    facts.take([Event(1, late=3, second=5)])
    assert facts.late == 5


def test_events_that_were_forgotten_are_passed_over():
    facts = ProgressFacts()
    facts.take([Event(0, late=2)])
    facts.take([Event(7, late=1, second=7), Event(8, late=1, second=8)])
    assert facts.late == 4


def test_the_watermark_is_the_newest_and_none_before_the_first():
    facts = ProgressFacts()
    facts.take([Event(0)])
    facts.take([Event(1, watermark="1970-01-01T00:00:00.000Z", second=1)])
    assert facts.watermark is None
    facts.take([Event(2, watermark="2023-11-14T22:13:20.000Z", second=2)])
    facts.take([Event(3, second=3)])
    assert facts.watermark == 1_700_000_000_000


def test_an_operator_without_watermark_is_not_counted():
    class Other(Event):
        def json(self):
            return json.dumps({"stateOperators": [{"numRowsTotal": 3}], "eventTime": {}})

    facts = ProgressFacts()
    facts.take([Other(0)])
    assert (facts.late, facts.watermark) == (0, None)
