"""Text edits against a parser that knows one shape: ``SELECT a, b FROM ...`` with parentheses."""

import re

import pytest
from headrace.sql_text import OF_AGGREGATE, SelectList, extend, places

PROJECTION = ("__hr_time", "__hr_id")


def split_items(listed: str) -> list[tuple[int, str]]:
    """Items of a list with the offset behind each, cut at commas outside of parentheses."""
    blank = re.sub(r"/\*.*?\*/|--[^\n]*", lambda found: " " * len(found.group()), listed)
    items, depth, start = [], 0, 0
    for at, char in enumerate(blank + ","):
        depth += (char == "(") - (char == ")")
        if char == "," and depth <= 0:
            items.append((start + len(blank[start:at].rstrip()), blank[start:at].strip()))
            start = at + 1
    return items


def parse(text: str) -> list[SelectList]:
    """Knows the last item's last character only inside its parentheses, as Spark's parser does."""
    lists = []
    for number, found in enumerate(re.finditer(r"SELECT (.*?)\s+FROM", text, re.DOTALL)):
        items = split_items(found.group(1))
        end, last = items[-1]
        inner = last.rstrip(")") if last.startswith("(") else last
        stop = found.start(1) + end - (len(last) - len(inner)) - 1
        aggregated = any("(*)" in item for _, item in items)
        lists.append(SelectList(tuple(item for _, item in items), stop, aggregated, number == 0))
    return lists


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "SELECT url, ip FROM t",
            "SELECT url, ip, __hr_time, __hr_id FROM t",
        ),
        (
            "SELECT url, count(*) AS n FROM t GROUP BY url",
            "SELECT url, count(*) AS n, max(__hr_time) AS __hr_time FROM t GROUP BY url",
        ),
        (
            "SELECT url, (a + (b)) FROM t",
            "SELECT url, (a + (b)), __hr_time, __hr_id FROM t",
        ),
    ],
)
def test_writes_the_addition_behind_the_last_item(text, expected):
    assert extend(text, [0], PROJECTION, parse) == expected


def test_extends_inner_lists_first_so_that_offsets_stay_true():
    text = "SELECT k, count(*) AS n FROM (SELECT url AS k FROM t) GROUP BY k"
    assert extend(text, [0, 1], PROJECTION, parse) == (
        "SELECT k, count(*) AS n, max(__hr_time) AS __hr_time "
        "FROM (SELECT url AS k, __hr_time, __hr_id FROM t) GROUP BY k"
    )


def test_gives_up_where_the_parser_knows_no_place():
    def blind(text):
        return [SelectList(("a",), None, False, True)]

    assert extend("SELECT a FROM t", [0], PROJECTION, blind) is None


def test_gives_up_where_no_place_makes_an_item_of_its_own():
    def stubborn(text):
        return [SelectList(("a",), 7, False, True)]

    assert extend("SELECT a FROM t", [0], PROJECTION, stubborn) is None


def test_takes_the_aggregate_where_a_projection_is_asked_for_as_one():
    assert extend("SELECT a FROM t", [0], OF_AGGREGATE, parse) == (
        "SELECT a, max(__hr_time) AS __hr_time FROM t"
    )


def test_places_are_behind_each_closing_parenthesis_whatever_stands_between():
    text = "SELECT ((a)/* ) */ -- )\n ) FROM t"
    found = list(places(text, text.index("a")))
    assert [text[:at][-1] for at in found] == ["a", ")", ")"]
    assert text[found[-1] :] == " FROM t"
