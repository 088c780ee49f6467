"""The text of a Python cell as statements."""

from __future__ import annotations

import ast


def parsed(code: str, name: str) -> ast.Module:
    """The statements of a cell; whatever is wrong with its text is a SyntaxError.

    Python itself has other errors for null bytes and for too deep nesting.
    """
    try:
        return ast.parse(code, name)
    except (ValueError, MemoryError, RecursionError) as error:
        place = (name, 1, None, None)
        raise SyntaxError(str(error) or "the code is nested too deeply", place) from None
