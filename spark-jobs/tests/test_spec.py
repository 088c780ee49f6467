import json

import pytest
from headrace.errors import StreamError, condition_of, first_sentence
from headrace.event_time import window_columns
from headrace.kafka import Kafka
from headrace.spec import Source, parse_spec


def request(**changes):
    spec = {
        "name": "counts",
        "sources": [{"topic": "words", "format": "text"}],
        "query": {"kind": "wordcount"},
        "from": "earliest",
        "mode": "adaptive",
        "maxRealTimeRate": 5000,
        **changes,
    }
    topics = {"results": "r", "progress": "p", "dead": "d"}
    return json.dumps(
        {
            "spec": spec,
            "brokers": ["a:1", "b:2"],
            "topics": topics,
            "checkpoint": "/c",
            "resume": False,
            "session": "main",
        }
    )


def test_reads_the_request_of_the_runtime():
    spec = parse_spec(request(query={"kind": "sql", "text": "SELECT 1"}, table="t"))
    assert (spec.kind, spec.text, spec.table) == ("sql", "SELECT 1", "t")
    assert spec.kafka == Kafka("a:1,b:2")
    assert spec.real_time_refusal is None
    assert spec.sources == (Source("words", "text"),)
    assert spec.raw["maxRealTimeRate"] == 5000


def test_takes_what_a_target_elsewhere_needs():
    sent = {**json.loads(request()), "kafka": {"kafka.a": "b"}, "realTimeRefusal": "it is old"}
    spec = parse_spec(json.dumps(sent))
    assert spec.kafka == Kafka("a:1,b:2", {"kafka.a": "b"})
    assert spec.real_time_refusal == "it is old"


def test_names_what_a_request_lacks():
    broken = json.loads(request())
    del broken["spec"]["mode"]
    with pytest.raises(StreamError, match="lacks 'mode'"):
        parse_spec(json.dumps(broken))


def test_errors_leave_out_parts_that_are_absent():
    error = StreamError("HR_SQL", "No", hint="Do.")
    assert error.as_json() == {"code": "HR_SQL", "message": "No", "next": "Do."}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "[TABLE_OR_VIEW_NOT_FOUND] The table or view `x` cannot be found. Verify the spelling "
            "and correctness. SQLSTATE: 42P01; line 1 pos 14;\n'Project",
            "The table or view `x` cannot be found",
        ),
        (
            "[UNRESOLVED_COLUMN.WITH_SUGGESTION] A column with name `u` cannot be resolved. Did "
            "you mean one of the following? [`url`, `__hr_id`, `__hr_time`]. SQLSTATE: 42703",
            "A column with name `u` cannot be resolved. Did you mean one of the following? [`url`]",
        ),
        ("\n[PARSE_SYNTAX_ERROR] Syntax error at or near 'X'. SQLSTATE: 42601 (line 1)", None),
        ("", "Exception"),
    ],
)
def test_first_sentence_is_for_people(text, sentence):
    expected = sentence or "Syntax error at or near 'X'"
    assert first_sentence(Exception(text)) == expected


def test_condition_is_found_inside_the_text_of_an_ended_query():
    error = Exception("[STREAM_FAILED] Query [id = 1] failed: [DIVIDE_BY_ZERO] Division by zero")
    assert condition_of(error) == "DIVIDE_BY_ZERO"
    assert condition_of(Exception("plain")) is None


def test_windows_name_their_column():
    text = "SELECT window(t.`eventTime`, '1 minute') w FROM t GROUP BY WINDOW (recordtime, '1 s')"
    assert window_columns(text) == {"eventtime", "recordtime"}
