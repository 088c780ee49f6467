"""Spark's messages as a person sees them."""

import pytest
from driver.spark_errors import spark_message, split_source

PLAN = "\n'Project [*]\n+- 'UnresolvedRelation [nosuch], [], false\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            f"[TABLE_OR_VIEW_NOT_FOUND] No `nosuch`. SQLSTATE: 42P01; line 1 pos 14;{PLAN}",
            "[TABLE_OR_VIEW_NOT_FOUND] No `nosuch`. SQLSTATE: 42P01 (line 1, pos 14)",
        ),
        (
            "An error occurred while calling o45.count.\n: org.apache.spark.SparkException: "
            "Job aborted due to stage failure: Task 0 in stage 1.0 failed 1 times, most recent "
            "failure: Lost task 0.0 in stage 1.0 (TID 1) (localhost executor driver): "
            "java.lang.RuntimeException: boom\n\tat a.b.C(C.scala:1)\n\nDriver stacktrace:\n\tat x",
            "java.lang.RuntimeException: boom",
        ),
        (
            "org.apache.spark.SparkRuntimeException: [USER_RAISED_EXCEPTION] boom SQLSTATE: P0001"
            "\n\tat a.b",
            "[USER_RAISED_EXCEPTION] boom SQLSTATE: P0001",
        ),
        ("plain words; and more", "plain words; and more"),
    ],
)
def test_message_has_no_stack_and_no_plan(text: str, message: str) -> None:
    assert spark_message(text) == message


def test_the_place_in_the_query_is_kept_apart() -> None:
    text = "\n[PARSE_SYNTAX_ERROR] Syntax error. (line 1, pos 0)\n\n== SQL ==\nSELEC 1\n^^^\n"
    message, source = split_source(spark_message(text))
    assert message == "[PARSE_SYNTAX_ERROR] Syntax error. (line 1, pos 0)"
    assert source == ["== SQL ==", "SELEC 1", "^^^"]
