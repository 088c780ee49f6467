"""Completion of Python cells."""

import types

import pytest
from driver.completion import complete_python

COUNTER = types.SimpleNamespace(reads=0)


class Watched:
    """Notes when one of its attributes is computed."""

    plain = "text"

    @property
    def computed(self) -> str:
        COUNTER.reads += 1
        return ""

    def __getattr__(self, name: str) -> str:
        COUNTER.reads += 1
        return name


NAMES = {"watched": Watched(), "words": ["a"], "os": __import__("os"), "_hidden": 1}


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("wor", ["words"]),
        ("print(wor", ["words"]),
        ("words.appe", ["append"]),
        ("os.path.joi", ["join"]),
        ("watched.plain.upp", ["upper"]),
        ("watched.compu", ["computed"]),
        ("_hid", ["_hidden"]),
        ("lamb", ["lambda"]),
        ("nosuch.x", []),
        ("words[0].up", []),
        ("", []),
        ("1.", []),
    ],
)
def test_words(code: str, words: list[str]) -> None:
    assert complete_python(code, NAMES) == words


def test_nothing_of_the_user_is_run() -> None:
    assert complete_python("watched.computed.x", NAMES) == []
    assert complete_python("watched.missing.x", NAMES) == []
    assert "plain" in complete_python("watched.", NAMES)
    assert COUNTER.reads == 0
