"""Matplotlib figures of a cell. Nothing here imports matplotlib before the cell has done so."""

from __future__ import annotations

import base64
import io
import sys
from collections.abc import Callable
from typing import Any

BACKEND = "module://driver.matplotlib_backend"
"""Value of MPLBACKEND, under which matplotlib finds the backend beside this module."""

Show = Callable[[dict[str, Any]], None]


class FigureSink:
    """Where `plt.show()` puts figures: matplotlib finds its backend by name, not by value."""

    show: Show | None = None


def is_figure(value: object) -> bool:
    """Whether the value is a matplotlib figure."""
    kind = type(value)
    return kind.__module__.startswith("matplotlib.figure") and hasattr(value, "savefig")


def png(figure: Any) -> str:
    """The picture of a figure, as base64."""
    data = io.BytesIO()
    figure.savefig(data, format="png", bbox_inches="tight")
    return base64.b64encode(data.getvalue()).decode()


def show_open_figures() -> None:
    """Show the figures that pyplot holds, in order, and close them."""
    managers = _open_managers()
    try:
        for manager in managers:
            figure = manager.canvas.figure
            if FigureSink.show is not None:
                FigureSink.show({"image/png": png(figure), "text/plain": repr(figure)})
    finally:
        close_open_figures()


def close_open_figures() -> None:
    """Close the figures that pyplot holds, so that they do not show up in a later cell."""
    if _open_managers():
        sys.modules["matplotlib.pyplot"].close("all")


def _open_managers() -> list[Any]:
    if "matplotlib.pyplot" not in sys.modules:
        return []
    helpers = sys.modules.get("matplotlib._pylab_helpers")
    return [] if helpers is None else list(helpers.Gcf.get_all_fig_managers())
