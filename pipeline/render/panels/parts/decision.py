"""What is drawn of labels: + and − in the samples, the level between them, and where f crosses it, the boundary."""

from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection

from pipeline.render.drawing.theme import Style
from pipeline.render.film.film import Film

INK = "reference"
SIGN = 0.55  # widths of a sample's circle


class Decision:
    """The labels of a film and the boundary of what its network decides; nothing where its samples are no labels."""

    def __init__(self, axes: Axes, film: Film, style: Style, size: float, ink: str):
        self.axes, self.of_labels = axes, film.of_labels
        self.level = float(film.data.y_axis.to_user(0.0))
        if not self.of_labels:
            return
        axes.axhline(self.level, color=style.theme.rule, lw=style.stroke, zorder=0.9)
        rows = film.drawn
        for marker, shown in (("+", film.data.y[rows] > 0), ("_", film.data.y[rows] < 0)):
            look: dict[str, Any] = {
                "ls": "none",
                "mec": ink,
                "mew": min(style.stroke, 0.25 * size),
                "zorder": 5.9,
                "clip_on": False,
            }
            axes.plot(film.x[rows][shown], film.y[rows][shown], marker, ms=SIGN * size, **look)
        self.lines = LineCollection([], colors=[getattr(style.theme, INK)], lw=1.2 * style.stroke, capstyle="butt")
        self.lines.set_zorder(1.9)
        axes.add_collection(self.lines, autolim=False)

    @property
    def artists(self) -> list[Artist]:
        """The moving artists."""
        return [self.lines] if self.of_labels else []

    def show(self, x: np.ndarray, f: np.ndarray) -> None:
        """Uprights where the polygon through (x, f), (K,) each in order of x, crosses the level."""
        if self.of_labels:
            ends = self.axes.get_ylim()
            self.lines.set_segments([[(at, ends[0]), (at, ends[1])] for at in crossings(x, f - self.level)])


def crossings(x: np.ndarray, values: np.ndarray) -> np.ndarray:
    """(C,) where the polygon through (x, values) changes sign; what touches 0 decides nothing."""
    signed = np.flatnonzero(values != 0)
    x, values = x[signed], values[signed]
    k = np.flatnonzero(np.sign(values[1:]) != np.sign(values[:-1]))
    return np.asarray(x[k] + (x[k + 1] - x[k]) * (values[k] / (values[k] - values[k + 1])))
