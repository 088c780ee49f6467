"""The hidden columns in the result of a SQL text, and the watermark that its windows need."""

from __future__ import annotations

import itertools
import re
from typing import Any

from pyspark.sql import DataFrame, SparkSession

from headrace.spec import ID_COLUMN, TIME_COLUMN
from headrace.sql_text import OF_PROJECTION, SelectList, extend

_WINDOW = re.compile(r"\b(?:session_)?window\s*\(\s*([\w.`]+)\s*,", re.IGNORECASE)


def window_columns(text: str) -> set[str]:
    """Names, in lower case, of the columns that the text groups into time windows."""
    return {name.split(".")[-1].strip("`").lower() for name in _WINDOW.findall(text)}


def with_hidden_columns(spark: SparkSession, text: str) -> DataFrame:
    """The result of a SQL text, with the hidden columns where they can be had.

    Raises what Spark raises for the text as the user wrote it. All SELECT lists are extended first,
    for a query over a subquery; then the outermost alone, for a join with a static subquery.
    """
    plain = spark.sql(text)
    if TIME_COLUMN in plain.columns:
        return plain

    def parse(candidate: str) -> list[SelectList]:
        return select_lists(spark, candidate)

    lists = parse(text)
    open_lists = [at for at, one in enumerate(lists) if "*" not in "".join(one.items[-1:])]
    outermost = [at for at in open_lists if lists[at].outermost]
    for chosen, additions in itertools.product((open_lists, outermost), OF_PROJECTION):
        edited = extend(text, chosen, additions, parse) if chosen else None
        result = None if edited is None else _analysed(spark, edited)
        if result is not None and _adds_only_hidden(plain, result):
            return result
    return plain


def _adds_only_hidden(plain: DataFrame, extended: DataFrame) -> bool:
    shown = [name for name in extended.columns if name not in (TIME_COLUMN, ID_COLUMN)]
    return shown == plain.columns and extended.columns.count(TIME_COLUMN) == 1


def _analysed(spark: SparkSession, text: str) -> DataFrame | None:
    try:
        return spark.sql(text)
    except Exception:
        return None


def select_lists(spark: SparkSession, text: str) -> list[SelectList]:
    """The SELECT lists of a text from the outside in; empty where it does not parse."""
    try:
        plan = spark._jsparkSession.sessionState().sqlParser().parsePlan(text)
    except Exception:
        return []
    found: list[SelectList] = []
    _collect(plan, True, found)
    return found


def _collect(plan: Any, outermost: bool, found: list[SelectList]) -> None:
    kind = plan.getClass().getSimpleName()
    if kind == "Distinct":
        return
    below = outermost
    if kind in ("Project", "Aggregate"):
        items = plan.projectList() if kind == "Project" else plan.aggregateExpressions()
        found.append(_select_list(items, kind == "Aggregate", outermost))
        below = False
    if kind == "UnresolvedWith":
        relations = plan.cteRelations()
        for index in range(relations.size()):
            _collect(relations.apply(index)._2(), False, found)
    for index in range(plan.children().size()):
        _collect(plan.children().apply(index), below, found)


def _select_list(items: Any, aggregated: bool, outermost: bool) -> SelectList:
    listed = [items.apply(index) for index in range(items.size())]
    last = listed[-1]
    # An expression without a name is wrapped in an alias whose origin is the whole query.
    expression = last.child() if last.getClass().getSimpleName() == "UnresolvedAlias" else last
    stop = expression.origin().stopIndex()
    return SelectList(
        items=tuple(one.toString() for one in listed),
        stop=None if stop.isEmpty() else stop.get(),
        aggregated=aggregated,
        outermost=outermost,
    )
