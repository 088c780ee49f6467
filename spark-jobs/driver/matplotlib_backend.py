"""A matplotlib backend without a screen: `plt.show()` makes the open figures outputs of the cell.

matplotlib reads the name `FigureCanvas` here;
https://matplotlib.org/stable/users/explain/figure/writing_a_backend_pyplot_interface.html
"""

from __future__ import annotations

from matplotlib.backend_bases import FigureManagerBase
from matplotlib.backends.backend_agg import FigureCanvasAgg

from driver.figures import show_open_figures


class FigureManager(FigureManagerBase):
    """Pyplot asks the manager of its canvas how to show."""

    @classmethod
    def pyplot_show(cls, *, block: bool | None = None) -> None:
        """Put the figures at this place among the outputs."""
        show_open_figures()


class FigureCanvas(FigureCanvasAgg):
    """Draws in memory."""

    manager_class = FigureManager
