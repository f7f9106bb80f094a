"""How curves of one panel that share an ink are told apart, and rows of words over them."""

from typing import Any

from matplotlib.axes import Axes

from pipeline.render.drawing.theme import Style

ROW, TOP = 1.35, 0.95  # distance of rows, and of the first one's baseline from the top, in text sizes
# Dash patterns in line widths.
PATTERNS = ("-", (0, (3.2, 1.8)), (0, (0.1, 2.0)), (0, (5.0, 1.8, 0.1, 1.8)), (0, (7.0, 2.5)))


def dashes(k: int) -> dict[str, Any]:
    """Matplotlib's look of the k-th line."""
    return {"ls": PATTERNS[k % len(PATTERNS)], "dash_capstyle": "round"}


def rows_share(rows: float, axes: Axes, style: Style) -> float:
    """The share of axes' height that rows of words at the top take."""
    return float(min(ROW * style.text * rows / axes.bbox.height, 0.4))
