"""Adds the hidden columns to the SELECT lists of a SQL text: results carry the time of their input.

Spark's parser says where an expression ends in the text, and the addition is written there. Closing
parentheses and comments may come before the list goes on, so several places are tried and each
edited text is parsed again: the right one has the same lists, one of them longer by the addition.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from headrace.spec import ID_COLUMN, TIME_COLUMN

_CLOSING = re.compile(r"(?:\s|--[^\n]*\n|/\*.*?\*/)*\)", re.DOTALL)
_MOST_PARENTHESES = 16

Additions = tuple[str, ...]

OF_AGGREGATE: Additions = (f"max({TIME_COLUMN}) AS {TIME_COLUMN}",)
# The parser takes `SELECT count(*) FROM t` for a projection, and one of aggregated rows has
# no id to pass on; which addition is the right one shows when Spark analyses the text.
OF_PROJECTION: tuple[Additions, ...] = ((TIME_COLUMN, ID_COLUMN), (TIME_COLUMN,), OF_AGGREGATE)


@dataclass(frozen=True)
class SelectList:
    """One SELECT list as the parser sees it; ``stop`` is the offset of its last known character."""

    items: tuple[str, ...]
    stop: int | None
    aggregated: bool
    outermost: bool


Parse = Callable[[str], Sequence[SelectList]]


def places(text: str, stop: int) -> Iterator[int]:
    """Where the list may go on: after the expression, then after each closing parenthesis."""
    at = stop + 1
    yield at
    for _ in range(_MOST_PARENTHESES):
        closing = _CLOSING.match(text, at)
        if closing is None:
            return
        at = closing.end()
        yield at


def _is_extended(
    before: Sequence[SelectList], after: Sequence[SelectList], index: int, count: int
) -> bool:
    if len(before) != len(after):
        return False
    for at, (old, new) in enumerate(zip(before, after, strict=True)):
        if len(new.items) != len(old.items) + (count if at == index else 0):
            return False
        tail = new.items[len(old.items) :]
        if not all(TIME_COLUMN in item or ID_COLUMN in item for item in tail):
            return False
    return True


def _extend_one(text: str, index: int, of_projection: Additions, parse: Parse) -> str | None:
    before = parse(text)
    stop = before[index].stop
    if stop is None:
        return None
    additions = OF_AGGREGATE if before[index].aggregated else of_projection
    extra = ", ".join(additions)
    for at in places(text, stop):
        candidate = f"{text[:at]}, {extra}{text[at:]}"
        if _is_extended(before, parse(candidate), index, len(additions)):
            return candidate
    return None


def extend(text: str, indexes: Iterable[int], of_projection: Additions, parse: Parse) -> str | None:
    """The text with these of its lists extended; None when one of them cannot be.

    Lists further back in the text come first, so that the offsets of the others stay true.
    """
    stops = {index: parse(text)[index].stop for index in indexes}
    for index in sorted(stops, key=lambda one: stops[one] or 0, reverse=True):
        edited = _extend_one(text, index, of_projection, parse)
        if edited is None:
            return None
        text = edited
    return text
