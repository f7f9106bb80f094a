"""How far a function that noise makes tremble strays from the mean that is drawn: a band behind the curve."""

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection

from pipeline.render.drawing.theme import Style
from pipeline.render.film.calm import straying
from pipeline.render.film.film import Film

POINTS = 160  # inputs at which it is looked at
OPACITY = 0.22


class Jitter:
    """A standard deviation up and down about `calm`, of `film`; nothing where both are one."""

    def __init__(self, axes: Axes, film: Film, calm: Film, style: Style, x: tuple[float, float]):
        self.film = calm
        self.band = PolyCollection([], facecolors=[style.rgba("foreground", OPACITY)], linewidths=0, zorder=1.8)
        axes.add_collection(self.band, autolim=False)
        self.artists: list[Artist] = [] if calm is film else [self.band]
        if self.artists:
            self.x = np.linspace(*x, POINTS)
            self.spread = straying(film, self.x)

    def show(self, frame: int) -> None:
        """Bring the band to a frame."""
        if self.artists:
            middle, spread = self.film.evaluate(frame, self.x), self.spread[frame]
            across = np.concatenate([self.x, self.x[::-1]])
            along = np.concatenate([middle + spread, (middle - spread)[::-1]])
            self.band.set_verts([np.column_stack([across, along])])
