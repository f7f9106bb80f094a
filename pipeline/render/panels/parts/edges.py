"""How many things lie beyond each edge of a panel: none is lost for being far out."""

from functools import cached_property

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes

from pipeline.render.drawing.outlined_text import OutlinedText
from pipeline.render.drawing.theme import Style

WORDING = {"left": "◂\u2009{}", "right": "{}\u2009▸", "top": "▴\u2009{}", "bottom": "▾\u2009{}"}
ARROW, DIGIT = 1.5, 0.64  # widths in text sizes, the first with what keeps it from the count before
RISE = 0.45  # height of the baseline over the axes, in text sizes: that of the heading


class EdgeCounts:
    """Counts beyond the given sides of axes, on the heading's line at the right; nothing where the count is 0.

    most: the largest count there can be. Each has a place for it, so that none moves when another grows.
    """

    def __init__(self, axes: Axes, style: Style, sides: tuple[str, ...], most: int):
        self.axes, self.style, self.sides = axes, style, sides
        self.slot = (ARROW + DIGIT * len(str(most))) * style.text
        self.figures = OutlinedText(axes, style, "muted", style.text)
        self.numbers: dict[str, int] = {}

    @property
    def width(self) -> float:
        """Room that the counts need, px."""
        return self.slot * len(self.sides)

    @property
    def artists(self) -> list[Artist]:
        """The moving artists."""
        return [self.figures]

    @cached_property
    def _limits(self) -> tuple[float, float, float, float]:
        """Final when the first frame is shown; to ask Matplotlib takes a tenth of a millisecond."""
        return *self.axes.get_xlim(), *self.axes.get_ylim()

    def show(self, x: np.ndarray, y: np.ndarray) -> None:
        """Count points x, y (K,) beyond each edge."""
        left, right, bottom, top = self._limits
        beyond = {"left": x < left, "right": x > right, "bottom": y < bottom, "top": y > top}
        self.numbers = {side: int(np.count_nonzero(beyond[side])) for side in self.sides}
        shown = [i for i, side in enumerate(self.sides) if self.numbers[side]]
        words = [WORDING[self.sides[i]].format(self.numbers[self.sides[i]]) for i in shown]
        place = self.slot * (np.array(shown, dtype=float) - len(self.sides) + 1)
        height = self.axes.bbox.y1 + RISE * self.style.text
        self.figures.show(words, self.axes.bbox.x1 + place, np.full(len(shown), height), "right")


def beyond(values: np.ndarray, low: float, high: float) -> np.ndarray:
    """Values (K,), infinite where they are not from low to high: so they count as beyond the axes' edges, too."""
    return np.where(values < low, -np.inf, np.where(values > high, np.inf, values))
