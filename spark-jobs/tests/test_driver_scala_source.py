"""Scala cells taken apart: without a JVM."""

import pytest
from driver.scala import magics
from driver.scala.source import units


def texts(code: str) -> list[str]:
    return [code[unit.start : unit.end] for unit in units(code)]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("", []),
        ("  \n// only\n/* a /* nested */ comment */", []),
        ("val x = 1\nval y = 2", ["val x = 1", "val y = 2"]),
        ("val x = 1 // one\n\nx", ["val x = 1 // one", "x"]),
        ("df\n  .a\n\n  // c\n  .b\n1", ["df\n  .a\n\n  // c\n  .b", "1"]),
        ("if (a) {\n 1\n}\nelse {\n 2\n}", ["if (a) {\n 1\n}\nelse {\n 2\n}"]),
        ("foo(1,\n  2)\nbar", ["foo(1,\n  2)", "bar"]),
        ("1 +\n 2\n3", ["1 +\n 2", "3"]),
        ("def f = ???\nf", ["def f = ???", "f"]),
        ("x\n.5 + 1", ["x", ".5 + 1"]),
        ("\"{\"\n'{'\n1", ['"{"', "'{'", "1"]),
        ('"""a\n{"b"""""\n2', ['"""a\n{"b"""""', "2"]),
        ('s"${m("}")} {"\n2', ['s"${m("}")} {"', "2"]),
        ('s"""${\n1}"""\n2', ['s"""${\n1}"""', "2"]),
        ("case class A(n: Int); A(1)", ["case class A(n: Int)", " A(1)"]),
        ('for (i <- a; j <- b) yield ";"; 2;', ['for (i <- a; j <- b) yield ";"', " 2"]),
        ("if (a) 1; else 2\n3", ["if (a) 1; else 2", "3"]),
        ("val f = g _;\n-1", ["val f = g _", "-1"]),
        ("`a {`\n2", ["`a {`", "2"]),
        ("class A\nobject A { 1 }\nnew A", ["class A\nobject A { 1 }", "new A"]),
        ("class A\nobject B", ["class A", "object B"]),
        (
            "sealed trait S\ncase object A extends S\ncase class B(a: Int) extends S\nA",
            ["sealed trait S\ncase object A extends S\ncase class B(a: Int) extends S", "A"],
        ),
        ('"unclosed\n1', ['"unclosed', "1"]),
        (")\n1", [")", "1"]),
    ],
)
def test_statements_of_a_cell(code: str, expected: list[str]) -> None:
    assert texts(code) == expected


def test_code_that_nests_without_end_is_one_statement() -> None:
    code = 's"${' * 5000
    assert texts(code) == [code]


def test_a_magic_has_a_line_of_its_own() -> None:
    parts = magics.split("val a = 1\n%json a\nval b = 2")
    assert parts == [
        magics.Code("val a = 1\n", 0),
        magics.Magic("json", "a"),
        magics.Code("val b = 2", 2),
    ]


def test_table_of_a_scala_value() -> None:
    shown = magics.bundle(magics.Magic("table", "t"), [{"a": 1, "b": "x"}, {"a": None, "b": "y"}])
    assert shown["application/vnd.livy.table.v1+json"] == {
        "headers": [
            {"type": "BIGINT_TYPE", "name": "a"},
            {"type": "STRING_TYPE", "name": "b"},
        ],
        "data": [[1, "x"], [None, "y"]],
    }


def test_a_table_has_one_type_a_column() -> None:
    with pytest.raises(ValueError, match="different types"):
        magics.bundle(magics.Magic("table", "t"), [[1], ["x"]])
