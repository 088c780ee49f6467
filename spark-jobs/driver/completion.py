"""Words that may stand at the cursor of a Python cell.

Only attributes are looked up; nothing is called, and what a class of the user computes as an
attribute is not read.
"""

from __future__ import annotations

import builtins
import inspect
import keyword
import re
from typing import Any

MOST_WORDS = 500
_EXPRESSION = re.compile(r"(?:^|[^\w.])((?:[^\W\d]\w*\.)*)([^\W\d]\w*)?\Z")
_MISSING = object()


def complete_python(code: str, namespace: dict[str, Any]) -> list[str]:
    """Words that continue the code at its end, whole words in order."""
    found = _EXPRESSION.search(code[-1000:])
    if found is None:
        return []
    path, typed = found[1], found[2] or ""
    if not path:
        return _ordered(_names(namespace), typed) if typed else []
    value = _reached(path.rstrip(".").split("."), namespace)
    return [] if value is _MISSING else _ordered(_attributes(value), typed)


def _names(namespace: dict[str, Any]) -> set[str]:
    return {*list(namespace), *dir(builtins), *keyword.kwlist}


def _reached(path: list[str], namespace: dict[str, Any]) -> Any:
    value = namespace.get(path[0], getattr(builtins, path[0], _MISSING))
    for name in path[1:]:
        if value is _MISSING:
            return _MISSING
        value = _attribute(value, name)
    return value


def _attribute(value: Any, name: str) -> Any:
    """An attribute that is simply there; a computed one only of pyspark, as `spark.read` is."""
    found = inspect.getattr_static(value, name, _MISSING)
    if found is _MISSING or inspect.isroutine(found) or not hasattr(type(found), "__get__"):
        return found
    if not _is_pyspark(value):
        return _MISSING
    try:
        return getattr(value, name)
    except Exception:
        return _MISSING


def _attributes(value: Any) -> set[str]:
    try:
        if inspect.ismodule(value) or inspect.isclass(value) or _is_pyspark(value):
            return {str(name) for name in dir(value)}
        return {str(name) for name in (*dir(type(value)), *_own_names(value))}
    except Exception:
        return set()


def _own_names(value: Any) -> set[str]:
    names = inspect.getattr_static(value, "__dict__", {})
    return set(getattr(value, "__dict__", {})) if hasattr(type(names), "__get__") else set()


def _is_pyspark(value: Any) -> bool:
    return type(value).__module__.split(".", 1)[0] == "pyspark"


def _ordered(names: set[str], typed: str) -> list[str]:
    """Those that begin with what is typed; private ones only after an underscore."""
    fitting = (name for name in names if name.startswith(typed))
    shown = (name for name in fitting if typed.startswith("_") or not name.startswith("_"))
    return sorted(shown)[:MOST_WORDS]
