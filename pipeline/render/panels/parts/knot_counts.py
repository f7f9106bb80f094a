"""How many neurons stand at one place: a row of figures at the foot of a panel."""

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes

from pipeline.render.drawing.outlined_text import OutlinedText
from pipeline.render.drawing.theme import Style

PLACES = 24  # figures at most; the largest counts come first
ROW = 1.2  # distance of the two rows, in text sizes
FOOT = 0.3  # room that is kept free around them, likewise
HIGH = 12  # height of a panel that has two rows, likewise
GAP = 0.5  # least distance between figures, in text sizes


class KnotCounts:
    """Counts of two and more, each under its place; where two would touch, the smaller goes to a second row, if any."""

    def __init__(self, axes: Axes, style: Style):
        self.axes, self.style = axes, style
        self.figures = OutlinedText(axes, style, "muted", style.text)

    @property
    def artists(self) -> list[Artist]:
        """The moving artists."""
        return [self.figures]

    @property
    def rows(self) -> int:
        """1 or 2: in a low panel the curve needs the room."""
        return 2 if self.axes.bbox.height >= HIGH * self.style.text else 1

    @property
    def share(self) -> float:
        """Share of the axes' height to keep free at the foot."""
        return min((FOOT + ROW * self.rows) * self.style.text / self.axes.bbox.height, 0.25)

    def show(self, x: np.ndarray, count: np.ndarray) -> None:
        """Counts (K,) at places x (K,)."""
        pixels = self.axes.transData.transform(np.column_stack([x, np.zeros(len(x))]))[:, 0]
        first = apart(pixels, count, self.style.text, PLACES)
        rest = np.setdiff1d(np.arange(len(x)), first)
        if self.rows > 1 and len(rest):
            second = rest[apart(pixels[rest], count[rest], self.style.text, PLACES)].tolist()
        else:
            second = []
        rows = np.repeat([0, 1], [len(first), len(second)])
        chosen = [*first, *second]
        foot = self.axes.bbox.y0 + (0.35 + ROW * rows) * self.style.text
        self.figures.show([f"×{count[k]}" for k in chosen], pixels[chosen], foot, "center")


def apart(pixels: np.ndarray, count: np.ndarray, text: float, most: int) -> list[int]:
    """Indices of the counts to show, largest first, none nearer than its figures' width to one shown before."""
    width = (0.64 * (np.char.str_len(count.astype(str)) + 1) + GAP) * text
    chosen: list[int] = []
    for k in np.argsort(-count, kind="stable"):
        if count[k] < 2 or len(chosen) == most:
            break
        if all(abs(pixels[k] - pixels[j]) >= (width[k] + width[j]) / 2 for j in chosen):
            chosen.append(int(k))
    return chosen
