"""Names of curves at their ends, each in its curve's ink: no legend to look up."""

from collections.abc import Sequence

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.transforms import ScaledTranslation

from pipeline.render.drawing.outlined_text import OutlinedText, text_width
from pipeline.render.drawing.theme import DPI, Style

LINE_HEIGHT = 1.2  # distance of lines, in text sizes
BETWEEN = 0.4  # more between names of two lines, which would read as one
GAP = 0.55  # between a curve's end and its name, likewise
BASE = 0.36  # how far the baseline is under the middle of a line, likewise
CROSSED = 0.4  # how far curves have passed each other when their names change places, likewise
ONE_LINE = 9  # letters: a longer name of several words takes two lines


class EndLabels:
    """Names right of where curves end, apart from each other; the layout keeps the margin they need at the right.

    names, inks: of each curve, the inks being names of the theme's colours. A name moves with the end of its curve;
    two whose curves cross change places once these are some way apart, not back and forth.
    """

    def __init__(self, axes: Axes, style: Style, names: Sequence[str], inks: Sequence[str]):
        self.axes, self.style = axes, style
        self.lines = [two_lines(name) for name in names]
        self.figures = [OutlinedText(axes, style, ink, style.text) for ink in inks]
        self.width = max((text_width(line, style, style.text) for lines in self.lines for line in lines), default=0.0)
        if names:
            self._keep_room()

    @property
    def artists(self) -> list[Artist]:
        """The moving artists."""
        return [*self.figures]

    def _keep_room(self) -> None:
        beyond = ScaledTranslation((self.width + GAP * self.style.text) / DPI, 0, self.axes.figure.dpi_scale_trans)
        self.room = Line2D([0.5, 1.0], [0.4, 0.6], ls="none")
        self.room.set_clip_on(False)
        self.axes.add_artist(self.room)
        self.room.set_transform(self.axes.transAxes + beyond)

    def leave_out(self) -> None:
        """Show no names, and keep no room for them: others say what curves of these inks are."""
        if self.lines:
            self.room.remove()
        self.lines, self.figures = [], []

    def settle(self, values: np.ndarray) -> None:
        """Choose for every frame how high names stand, once the axes' limits and size are final.

        values: (F, C) where the curves end, in units of the vertical axis.
        """
        if not self.lines:
            return
        box = self.axes.bbox
        flat = np.column_stack([np.zeros(values.size), np.where(np.isfinite(values), values, 0.0).ravel()])
        wanted = np.clip(self.axes.transData.transform(flat)[:, 1].reshape(values.shape), box.y0, box.y1)
        rows = np.array([len(lines) for lines in self.lines])
        sizes = self.style.text * (LINE_HEIGHT * rows + BETWEEN * (rows > 1))
        orders = steady_orders(wanted, CROSSED * self.style.text)
        self.middles = np.empty(wanted.shape)
        for row, order, middles in zip(wanted, orders, self.middles, strict=True):
            middles[order] = apart(row[order], sizes[order], box.y0, box.y1)

    def show(self, frame: int, x: float) -> None:
        """Set the names of a frame right of x, px."""
        if not self.lines:
            return
        size = self.style.text
        for figures, lines, middle in zip(self.figures, self.lines, self.middles[frame], strict=True):
            rows = 0.5 * (len(lines) - 1) - np.arange(len(lines))
            y = middle + size * (LINE_HEIGHT * rows - BASE)
            figures.show(lines, np.full(len(lines), x + GAP * size), y)


def two_lines(name: str) -> list[str]:
    """A name on one line, or a long one on two that are as even as its words allow."""
    words = name.split(" ")
    if len(name) <= ONE_LINE or len(words) == 1:
        return [name]
    halves = [[" ".join(words[:cut]), " ".join(words[cut:])] for cut in range(1, len(words))]
    return min(halves, key=lambda lines: max(map(len, lines)))


def steady_orders(heights: np.ndarray, margin: float) -> list[np.ndarray]:
    """The order from below of C heights in each of F frames (F, C): it changes where two are out of it by a margin."""
    orders, order = [], np.argsort(heights[0], kind="stable")
    for row in heights:
        if (np.diff(row[order]) < -margin).any():
            order = np.argsort(row, kind="stable")
        orders.append(order)
    return orders


def apart(wanted: np.ndarray, sizes: np.ndarray, low: float, high: float) -> np.ndarray:
    """Middles (K,) of boxes of some sizes in a given order from below, nearest to those wanted where none overlap.

    They stay between low and high, as far as there is room.
    """
    from scipy.optimize import isotonic_regression  # slow to import, and most scenes have nothing to keep apart

    below = np.concatenate([[0.0], np.cumsum(0.5 * (sizes[1:] + sizes[:-1]))])  # distance from the lowest middle
    middles: np.ndarray = isotonic_regression(wanted - below).x + below
    least, most = low + 0.5 * sizes[0] + below, high - 0.5 * sizes[-1] - below[-1] + below
    held: np.ndarray = np.maximum(np.minimum(middles, most), least)
    return held
