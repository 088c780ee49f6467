"""What the REPL of Scala 2.13 reports, in the words of 2.12 and of Livy."""

import pytest
from driver.scala import errors
from driver.scala.forms import livy_form


def described(name: str) -> str:
    return f"{name}: Int = 9\n"


@pytest.mark.parametrize(
    ("reported", "expected"),
    [
        ("val x: Int = 2\n", "x: Int = 2\n"),
        ("val res0: Int = 2\n", "res0: Int = 2\n"),
        ("val a: Int = 1\nval b: String = x\n", "a: Int = 1\nb: String = x\n"),
        ("val s: String =\na\nb\n", "s: String =\na\nb\n"),
        ("lazy val z: Int // unevaluated\n", "z: Int = <lazy>\n"),
        ("// mutated y\n", "y: Int = 9\n"),
        ("def g: Int\n", "g: Int\n"),
        ("def h(): Int\n", "h: ()Int\n"),
        ("def k[T](t: T)(u: Int => Int): List[T]\n", "k: [T](t: T)(u: Int => Int)List[T]\n"),
        ("class P\nobject P\n", "defined class P\ndefined object P\n"),
        ("trait T\n", "defined trait T\n"),
        ("type A\n", "defined type alias A\n"),
        ("import java.time.Instant\n", "import java.time.Instant\n"),
        (
            "warning: 1 deprecation (since 2.13.3); for details, enable `:setting -deprecation`\n"
            "val x: Int = 2\n",
            "x: Int = 2\n",
        ),
    ],
)
def test_definitions(reported: str, expected: str) -> None:
    assert livy_form(reported, described) == expected


def test_compile_error_on_the_first_line() -> None:
    text = "       ^\n       error: not found: value nosuch\n"
    assert errors.reported_error(text, "nosuch + 1") == errors.error(
        "<console>:1: error: not found: value nosuch", ["       nosuch + 1\n", "       ^\n"]
    )


def test_compile_errors_on_later_lines() -> None:
    text = (
        '       val a: Int = "x"\n                    ^\nOn line 2: error: type mismatch;\n'
        '        found   : String("x")\n        required: Int\n'
        "       nosuch\n       ^\nOn line 3: error: not found: value nosuch\n"
    )
    output = errors.reported_error(text, '\nval a: Int = "x"\nnosuch')
    assert output["evalue"] == "<console>:2: error: type mismatch;"
    assert output["traceback"] == [
        ' found   : String("x")\n',
        " required: Int\n",
        '       val a: Int = "x"\n',
        "                    ^\n",
        "<console>:3: error: not found: value nosuch\n",
        "       nosuch\n",
        "       ^\n",
    ]


def test_an_exception_behind_a_warning() -> None:
    text = (
        "           ^\n       warning: match may not be exhaustive.\n"
        "       It would fail on the following input: List(_)\n"
        "scala.MatchError: List(1)\n  ... 32 elided\n"
    )
    output = errors.reported_error(text, "List(1) match { case Nil => 2 }")
    assert output["evalue"] == "scala.MatchError: List(1)"
    assert output["traceback"] == ["  ... 32 elided\n"]


def test_readable_error_has_the_cause_and_the_users_frames() -> None:
    text = (
        "org.apache.spark.SparkException: Job aborted due to stage failure: Task 1 in stage 9.0 "
        "failed 1 times, most recent failure: Lost task 1.0 in stage 9.0 (TID 16) (localhost "
        "executor driver): java.lang.RuntimeException: boom\n"
        "\tat $anonfun$res10$1(<console>:1)\n\tat org.apache.spark.rdd.RDD.count(RDD.scala:1)\n"
        "\nDriver stacktrace:\n  at org.apache.spark.scheduler.X(X.scala:1)\n  ... 32 elided\n"
        "Caused by: java.lang.RuntimeException: boom\n  at $anonfun$res10$1(<console>:1)\n"
    )
    output = errors.readable_error(text, "…")
    assert output["evalue"] == "java.lang.RuntimeException: boom"
    assert output["traceback"] == ["  at $anonfun$res10$1(<console>:1)\n"]
