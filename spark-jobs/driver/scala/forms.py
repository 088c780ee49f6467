"""The REPL's words in the form in which Livy's clients know them, that of Scala 2.12.

Scala 2.13 writes `val x: Int = 2`, `def f(a: Int): Int` and `class P`; 2.12, which Livy is built
on, writes `x: Int = 2`, `f: (a: Int)Int` and `defined class P`.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_NOISE = re.compile(
    r"^warning: \d+ (?:deprecation|feature)[^\n]*; for details, enable `:setting[^\n]*\n", re.M
)
_DEFINITION = re.compile(
    r"(?P<lazy>lazy )?(?P<word>va[lr]|def|class|trait|object|type) (?P<rest>.*)", re.DOTALL
)
_MUTATED = re.compile(r"// mutated (.+)")
_UNEVALUATED = re.compile(r": (.*) // unevaluated\Z", re.DOTALL)

Described = Callable[[str], str]


def without_noise(text: str) -> str:
    """What the REPL reports without the counts of warnings that nobody asked for."""
    return _NOISE.sub("", text)


def livy_form(text: str, described: Described) -> str:
    """All that the REPL reports on one statement; `described` gives the line of a variable.

    A value of several lines may hold lines that look like definitions. It is left alone where a
    name comes a second time, which is as far as a text can tell.
    """
    seen: set[str] = set()
    return "".join(
        _line(line, seen, described) for line in without_noise(text).splitlines(keepends=True)
    )


def _line(line: str, seen: set[str], described: Described) -> str:
    mutated = _MUTATED.fullmatch(line.rstrip("\n"))
    if mutated is not None:
        return described(mutated[1])
    found = _DEFINITION.fullmatch(line.rstrip("\n"))
    if found is None or line in seen:
        return line
    seen.add(line)
    return _definition(found["word"], found["rest"], found["lazy"] is not None) + "\n"


def _definition(word: str, rest: str, is_lazy: bool) -> str:
    if word == "def":
        return _method(rest)
    if word in ("val", "var"):
        return _UNEVALUATED.sub(r": \1 = <lazy>", rest) if is_lazy else rest
    return f"defined type alias {rest}" if word == "type" else f"defined {word} {rest}"


def _method(signature: str) -> str:
    """`f[T](a: T): Int` as `f: [T](a: T)Int`."""
    name_end = re.match(r"[^\[(:]+", signature)
    if name_end is None:
        return signature
    end = name_end.end()
    position = end
    while position < len(signature) and signature[position] in "[(":
        position = _closing(signature, position)
    result = signature[position:].removeprefix(": ")
    return f"{signature[:end]}: {signature[end:position]}{result}"


def _closing(text: str, start: int) -> int:
    """Where the bracket that opens at `start` has been closed."""
    depth = 0
    for position in range(start, len(text)):
        depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(text[position], 0)
        if depth == 0:
            return position + 1
    return len(text)
