"""A ring around the neuron that some panels of a scene speak of, so that it is found again in all."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from pipeline.render.drawing.marks import area_scale
from pipeline.render.drawing.theme import Style
from pipeline.render.film.film import Film

WIDTH = 1.75  # of the ring, in widths of a large mark


class Ring:
    """The ring on axes; nothing where quantities tell of no neuron. artists: the moving ones."""

    def __init__(self, axes: Axes, film: Film, style: Style):
        self.neuron = film.chosen if film.has_chosen else None
        size = WIDTH * area_scale(1.0, max(film.neurons, 60), style).largest ** 0.5
        look = {"ls": "none", "mfc": "none", "mec": style.theme.foreground, "mew": style.stroke, "ms": size}
        self.line = Line2D([], [], marker="o", zorder=5.6, clip_on=False, **look)
        self.artists = [] if self.neuron is None else [axes.add_line(self.line)]

    def show(self, neurons: np.ndarray, x: np.ndarray, y: np.ndarray) -> None:
        """Ring the neuron if it is among those shown, by their numbers (K,), at x, y (K,)."""
        at = np.flatnonzero(neurons == self.neuron)
        self.line.set_data(x[at], y[at])
