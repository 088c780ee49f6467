"""Takes a Scala cell apart into the statements that a person would enter one by one.

The REPL makes one class of what it is given at once, and a case class that is defined in the same
piece as its use has no encoder yet: so it gets one top-level statement at a time. A semicolon
outside of brackets, strings and comments ends a statement, and a newline there can. Where it does
is the language's rule (https://www.scala-lang.org/files/archive/spec/2.13/01-lexical-syntax.html#newline-characters);
what cannot be seen here, the REPL answers with "incomplete".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(
    r"//[^\n]*|/\*|`[^`\n]*`|\"\"\"|\"|'(?:\\u[0-9a-fA-F]{4}|\\.|[^\\'\n])'|[()\[\]{};\n]"
)
_PLAIN_STRING = re.compile(r'"(?:\\.|[^"\\\n])*"?')
_COMMENT_EDGE = re.compile(r"/\*|\*/")
_IN_TEXT = re.compile(r'\\.|\$\$|\$\{|"""|"|\n', re.DOTALL)

_CANNOT_BEGIN = re.compile(
    r"(?:catch|else|extends|finally|forSome|match|with|yield)\b"
    r"|\.(?!\d)|[,;)\]}]|(?:=>|<-|<:|<%|>:|[=:#])(?![-+*/%&|^<>=!:?~@#\\])"
)
"""Tokens that continue the statement of the line before."""
_INFIX_END = re.compile(r"(?:^|[\s\w)\]}\"'`])([-+*/%&|^<>=!:?~@#\\]+)\Z")
_DEFINITION = re.compile(
    r"(?:@\w+(?:\([^)]*\))?\s+"
    r"|(?:case|abstract|sealed|final|implicit|private|protected)(?:\[\w+\])?\s+)*"
    r"(class|trait|object)\s+(\w+)"
)


@dataclass(frozen=True)
class Unit:
    """A part of a cell, `code[start:end]`; `bare` is its text without comments."""

    start: int
    end: int
    bare: str


def units(code: str) -> list[Unit]:
    """The statements of a cell as far as the text alone tells; comments belong to what follows."""
    try:
        pieces = list(_pieces(code))
    except RecursionError:
        # Strings in strings in strings: let the compiler say what it thinks of that.
        pieces = [Unit(0, len(code), code.strip())]
    found: list[Unit] = []
    follows_directly = False
    for piece in pieces:
        if not piece.bare:
            follows_directly = False
            continue
        after_newline = follows_directly and code[piece.start - 1] == "\n"
        if found and _continues(found[-1], piece, after_newline):
            found[-1] = joined(found[-1], piece)
        else:
            found.append(piece)
        follows_directly = True
    return _with_companions(found)


def joined(first: Unit, second: Unit) -> Unit:
    """Two parts and what is between them as one."""
    return Unit(first.start, second.end, f"{first.bare}\n{second.bare}")


def _continues(before: Unit, piece: Unit, after_newline: bool) -> bool:
    if _CANNOT_BEGIN.match(piece.bare):
        return True
    operator = _INFIX_END.search(before.bare)
    return after_newline and operator is not None and operator[1] != "???"


def _with_companions(found: list[Unit]) -> list[Unit]:
    """A class and its object, a sealed trait and what extends it, have to be compiled at once."""
    kept: list[Unit] = []
    for unit in found:
        if kept and _belong_together(kept[-1].bare, unit.bare):
            kept[-1] = joined(kept[-1], unit)
        else:
            kept.append(unit)
    return kept


def _belong_together(before: str, after: str) -> bool:
    first, second = _DEFINITION.match(before), _DEFINITION.match(after)
    if first is None or second is None:
        return False
    if first[2] == second[2]:
        return (first[1] == "object") != (second[1] == "object")
    is_sealed = re.search(r"\bsealed\b", first[0]) is not None
    return is_sealed and re.search(rf"\b(?:extends|with)\s+{first[2]}\b", after) is not None


def _pieces(code: str) -> Iterator[Unit]:
    """The parts between those semicolons and newlines that are outside of everything."""
    depth, start, position = 0, 0, 0
    comments: list[tuple[int, int]] = []
    while (token := _TOKEN.search(code, position)) is not None:
        text, position = token[0], token.end()
        if text.startswith("//"):
            comments.append(token.span())
        elif text == "/*":
            position = _comment_end(code, position)
            comments.append((token.start(), position))
        elif text.startswith('"'):
            position = _string_end(code, token.start(), text)
        elif text in "([{":
            depth += 1
        elif text in ")]}":
            depth = max(0, depth - 1)
        elif text in ";\n" and depth == 0:
            yield _piece(code, start, token.start(), comments)
            start, comments = position, []
    yield _piece(code, start, len(code), comments)


def _piece(code: str, start: int, end: int, comments: list[tuple[int, int]]) -> Unit:
    parts, position = [], start
    for begin, after in comments:
        parts.append(code[position:begin])
        position = after
    bare = " ".join([*parts, code[position:end]]) if comments else code[start:end]
    return Unit(start, end, bare.strip())


def _comment_end(code: str, position: int) -> int:
    """Block comments nest in Scala."""
    depth = 1
    while (edge := _COMMENT_EDGE.search(code, position)) is not None:
        position = edge.end()
        depth += 1 if edge[0] == "/*" else -1
        if depth == 0:
            return position
    return len(code)


def _string_end(code: str, start: int, quote: str) -> int:
    before = code[start - 1] if start > 0 else ""
    if before.isalnum() or before == "_":
        return _interpolated_end(code, start + len(quote), quote)
    if quote == '"':
        found = _PLAIN_STRING.match(code, start)
        return found.end() if found is not None else start + 1
    end = code.find('"""', start + 3)
    return len(code) if end < 0 else _after_quotes(code, end)


def _interpolated_end(code: str, position: int, quote: str) -> int:
    """The end of a string whose `${…}` parts are code, with strings of their own."""
    while (found := _IN_TEXT.search(code, position)) is not None:
        text, position = found[0], found.end()
        if text == "${":
            position = _block_end(code, position)
        elif text == quote:
            return _after_quotes(code, found.start()) if quote == '"""' else position
        elif quote == '"' and text == '"""':
            return found.start() + 1
        elif quote == '"' and text == "\n":
            return found.start()
    return len(code)


def _block_end(code: str, position: int) -> int:
    depth = 1
    while (token := _TOKEN.search(code, position)) is not None:
        text, position = token[0], token.end()
        if text == "/*":
            position = _comment_end(code, position)
        elif text.startswith('"'):
            position = _string_end(code, token.start(), text)
        elif text in "{}":
            depth += 1 if text == "{" else -1
            if depth == 0:
                return position
    return len(code)


def _after_quotes(code: str, end: int) -> int:
    """Further quotes directly after three of them belong to the string."""
    while end < len(code) and code[end] == '"':
        end += 1
    return end
