"""How many things lie beyond each edge of a panel: none is lost for being far out."""

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes

from pipeline.render.drawing.outlined_text import OutlinedText
from pipeline.render.drawing.theme import Style
from pipeline.render.panels.parts.window import Window

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

    def show(self, window: Window, x: np.ndarray, y: np.ndarray) -> None:
        """Count points x, y (K,) beyond each edge of what is shown."""
        beyond = window.beyond(x, y)
        self.numbers = {side: int(np.count_nonzero(beyond[side])) for side in self.sides}
        shown = [i for i, side in enumerate(self.sides) if self.numbers[side]]
        words = [WORDING[self.sides[i]].format(self.numbers[self.sides[i]]) for i in shown]
        place = self.slot * (np.array(shown, dtype=float) - len(self.sides) + 1)
        height = self.axes.bbox.y1 + RISE * self.style.text
        self.figures.show(words, self.axes.bbox.x1 + place, np.full(len(shown), height), "right")
