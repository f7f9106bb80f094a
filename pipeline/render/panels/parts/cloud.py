"""All neurons in a plane: marks with trails, or among very many a density."""

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes

from pipeline.render.drawing.density import DENSITY_FROM, Density
from pipeline.render.drawing.marks import BY_ORIENTATION, DIAMOND, Marks, area_scale
from pipeline.render.drawing.theme import Style
from pipeline.render.film.film import Film
from pipeline.render.panels.parts.trails import Trails
from pipeline.render.panels.parts.window import Window


class Cloud:
    """Neurons at x, y (F, m), in units of the axes; trail: x (F, m) again, NaN where a trail breaks.

    full: the slope jump that has a mark of full size; sided: whether marks point to where neurons are active.
    """

    def __init__(
        self,
        axes: Axes,
        film: Film,
        style: Style,
        x: np.ndarray,
        y: np.ndarray,
        trail: np.ndarray,
        full: float,
        sided: bool = True,
    ):
        self.film, self.x, self.y, self.sided = film, x, y, sided
        self.density = Density(axes, style) if film.neurons >= DENSITY_FROM else None
        self.scale = area_scale(full, film.neurons, style)
        self.trails, self.marks = Trails(axes, film, style, trail, y), Marks(axes, style)
        self.marks.set_zorder(5)

    @property
    def artists(self) -> list[Artist]:
        """The moving artists."""
        return [self.density] if self.density else [*self.trails.artists, self.marks]

    def settle(self, window: Window) -> None:
        """Take what is shown, and choose the density's scale: once the axes' size in pixels is final."""
        self.window = window
        if self.density:
            self.density.scale_for([self._count(self.density, frame) for frame in self.film.survey])

    def show(self, frame: int) -> None:
        """Bring them to a frame."""
        if self.density:
            self.density.show(self._count(self.density, frame))
            return
        film, jump = self.film, self.film.jump[frame]
        shapes = BY_ORIENTATION[film.orientation[frame]] if self.sided else np.full(len(jump), DIAMOND)
        parts = self.x[frame], self.y[frame], self.scale(jump), shapes, jump
        seen = self.seen(frame)
        self.marks.show(*(part[seen] for part in (*parts, film.held[frame])))
        self.trails.show(frame)

    def seen(self, frame: int) -> np.ndarray:
        """(m,) bool: which neurons are shown."""
        return self.window.holds(self.x[frame], self.y[frame])

    def _count(self, density: Density, frame: int) -> np.ndarray:
        seen = self.seen(frame)
        return density.count(self.x[frame, seen], self.y[frame, seen], self.film.jump[frame, seen] >= 0)
