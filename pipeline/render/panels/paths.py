"""Breakpoints over training time, the samples as faint rulings: one sees the breakpoints being caught."""

import numpy as np
from matplotlib.artist import Artist
from matplotlib.collections import LineCollection

from pipeline.render.drawing.density import DENSITY_FROM, Density
from pipeline.render.drawing.history import History
from pipeline.render.drawing.marks import BY_ORIENTATION_UPRIGHT, Marks, area_scale
from pipeline.render.film.limits import within
from pipeline.render.panels.parts.base import Panel


class PathsPanel(Panel):
    """Breakpoints over time."""

    across = "time"
    explains = "side", "rising", "falling", "thick"

    def draw_still(self) -> None:
        axes, film, style = self.axes, self.film, self.style
        self.heading(style.say("axes.breakpoints"), "$\\beta$", unit=film.data.x_axis.unit)
        axes.set_ylim(*self.limits.x)
        self._rule()
        self.place = film.time.position(film.t)
        self.area = 0.12 * area_scale(1.0, film.neurons, style).largest
        self.density = Density(axes, style) if film.neurons >= DENSITY_FROM else None
        self.history = History(axes, [self.density] if self.density else self._all_paths(), [])
        self.cursor = axes.axvline(0, color=style.theme.muted, lw=style.stroke, clip_on=False)
        self.heads = Marks(axes, style)
        self.heads.set_zorder(5)
        self.histories = [self.history]
        self.moving = [self.cursor]
        if not self.density:
            self.moving.append(self.heads)

    def _rule(self) -> None:
        """One ruling per distinct sample."""
        self.rulings = self.axes.hlines(np.unique(self.film.x), 0, 1, color=self.style.theme.rule, zorder=0.5)

    def settle(self) -> None:
        super().settle()
        # Where samples crowd, the rulings would close to a slab.
        spacing = self.axes.bbox.height / len(self.rulings.get_segments())
        self.rulings.set_linewidth(min(0.45 * spacing, self.style.stroke))
        if self.density:
            self._count(self.density)

    def _count(self, density: Density) -> None:
        """Set the density: each of its columns has the neurons of the frame nearest to its middle."""
        film, moments = self.film, self.film.moments
        columns = density.shape()[1]
        middles = (np.arange(columns) + 0.5) / columns
        nearest = moments[np.abs(self.place[moments][:, None] - middles).argmin(axis=0)]
        beta = film.beta[nearest]
        seen = within(beta, self.window.y)
        x = np.broadcast_to(middles[:, None], beta.shape)
        counts = density.count(x[seen], beta[seen], film.jump[nearest][seen] >= 0)
        density.scale_for([counts])
        density.show(counts)

    def _all_paths(self) -> list[Artist]:
        return [self._paths(rising, held) for held in (False, True) for rising in (False, True)]

    def _paths(self, rising: bool, held: bool) -> LineCollection:
        """All stretches of one hue, held or free, a line per neuron broken elsewhere."""
        film, style = self.film, self.style
        moments = film.moments
        wanted = ((film.jump[moments] >= 0) == rising) & (film.held[moments] == held)
        drawn = wanted.copy()
        drawn[1:] |= wanted[:-1]  # a stretch reaches to where the next begins
        beta = np.where(drawn, film.path[moments], np.nan)
        lines = [np.column_stack([self.place[moments], path]) for path in beta.T[drawn.any(axis=0)]]
        fade = min(max((60 / film.neurons) ** 0.5, 0.25), 1.0)
        paths = LineCollection(
            lines,
            colors=[style.rgba("rising" if rising else "falling", 1.0 if held else 0.75 * fade)],
            linewidths=(2.0 if held else 1.0) * np.sqrt(fade) * style.stroke,
            zorder=3 if held else 2,
        )
        self.axes.add_collection(paths, autolim=False)
        return paths

    def show(self, frame: int) -> None:
        film = self.film
        place, beta, jump = self.place[frame], film.beta[frame], film.jump[frame]
        self.history.position = place
        self.cursor.set_xdata([place, place])
        if self.density:
            return
        seen = within(beta, self.window.y)
        shape = BY_ORIENTATION_UPRIGHT[film.orientation[frame]]
        free = np.zeros(len(beta), dtype=bool)  # the thick line says what is held; rings would hide each other here
        parts = (np.full(len(beta), place), beta, np.full(len(beta), self.area), shape, jump, free)
        self.heads.show(*(part[seen] for part in parts))
