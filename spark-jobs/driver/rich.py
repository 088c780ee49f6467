"""A Python value as values by MIME type."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

from driver import figures, frames

Bundle = dict[str, Any]

REPR_METHODS = {
    "_repr_html_": "text/html",
    "_repr_markdown_": "text/markdown",
    "_repr_svg_": "image/svg+xml",
    "_repr_png_": "image/png",
    "_repr_jpeg_": "image/jpeg",
    "_repr_latex_": "text/latex",
    "_repr_json_": "application/json",
}
"""The display protocol of IPython, which libraries follow."""


def bundle_of(value: object) -> Bundle:
    """All forms that a value offers; `text/plain` is always among them."""
    if frames.is_frame(value):
        return frames.frame_bundle(value)
    bundle = _own_bundle(value)
    if bundle is None:
        bundle = _offered(value)
        bundle.update(_figure(value))
    bundle.setdefault("text/plain", repr(value))
    return bundle


def _own_bundle(value: object) -> Bundle | None:
    method = _method(value, "_repr_mimebundle_")
    if method is None:
        return None
    answer = _quietly(lambda: method(include=None, exclude=None))
    if isinstance(answer, tuple):
        answer = answer[0]
    return _printable(answer) if isinstance(answer, dict) and answer else None


def _offered(value: object) -> Bundle:
    bundle: Bundle = {}
    for name, mime in REPR_METHODS.items():
        method = _method(value, name)
        answer = None if method is None else _quietly(method)
        if isinstance(answer, tuple):
            answer = answer[0]
        if answer is not None:
            bundle[mime] = answer
    return _printable(bundle)


def _figure(value: object) -> Bundle:
    return {"image/png": figures.png(value)} if figures.is_figure(value) else {}


def _printable(bundle: Bundle) -> Bundle:
    """Bytes travel as base64."""
    return {
        mime: base64.b64encode(data).decode() if isinstance(data, bytes) else data
        for mime, data in bundle.items()
    }


def _method(value: object, name: str) -> Callable[..., Any] | None:
    # On the class, because objects with a catch-all `__getattr__` claim to have every method.
    found = getattr(type(value), name, None)
    return getattr(value, name, None) if callable(found) and not isinstance(value, type) else None


def _quietly(call: Callable[[], Any]) -> Any:
    """A form that cannot be made is left out: the plain text remains."""
    try:
        return call()
    except Exception:
        return None
