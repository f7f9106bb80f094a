"""Trails: where every neuron of a plane has been lately, under its mark."""

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from pipeline.render.drawing.theme import Style
from pipeline.render.film.film import Film
from pipeline.render.panels.parts.broken_lines import broken

SHOWS = 1.0  # px: a trail that is shorter stays under its mark, and is not drawn


class Trails:
    """Of neurons at x, y (F, m), in units of the axes and NaN where a trail breaks.

    One line, broken between neurons, for all trails of a hue: one artist, and crossings do not add up.
    """

    def __init__(self, axes: Axes, film: Film, style: Style, x: np.ndarray, y: np.ndarray):
        self.axes, self.film, self.x, self.y = axes, film, x, y
        self.falling, self.rising = (self._line(style, hue) for hue in ("falling", "rising"))

    def _line(self, style: Style, hue: str) -> Line2D:
        return self.axes.plot([], [], color=style.rgba(hue, style.theme.trail_opacity), lw=style.stroke)[0]

    @property
    def artists(self) -> list[Artist]:
        """The moving artists."""
        return [self.falling, self.rising]

    def show(self, frame: int) -> None:
        """Bring them to a frame."""
        window = slice(max(0, frame - self.film.trail), frame + 1)
        x, y = self.x[window], self.y[window]
        pixels = np.abs(np.diff(self.axes.transData.transform([[0.0, 0.0], [1.0, 1.0]]), axis=0))[0]
        still = pixels[0] * np.ptp(x, axis=0) + pixels[1] * np.ptp(y, axis=0) <= SHOWS  # False for NaN
        up = self.film.jump[frame] >= 0
        for line, which in ((self.falling, ~up), (self.rising, up)):
            line.set_data(*(broken(*part[:, which & ~still]) for part in (x, y)))
