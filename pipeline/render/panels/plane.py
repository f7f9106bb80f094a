"""Every neuron in spline coordinates: delta-slope μ over breakpoint β, each with a trail of its recent past."""

import numpy as np
from contourpy import contour_generator
from matplotlib.collections import LineCollection
from matplotlib.lines import Line2D

from pipeline.render.film import slope_unit
from pipeline.render.marks import BY_ORIENTATION, Marks, area_scale
from pipeline.render.panels.base import Panel
from pipeline.render.panels.edges import EdgeCounts
from pipeline.render.panels.field import Field

DENSITIES = 0.5, 0.2, 0.08, 0.03, 0.01  # level lines, shares of the largest density among the samples


class PlanePanel(Panel):
    """The (β, μ) plane; options: `field`, the flow's arrows, and `density`, level lines of the initialisation's."""

    explains = "side", "sign", "size", "held", "outside"

    def draw_still(self) -> None:
        axes, film, style = self.axes, self.film, self.style
        self.heading("delta-slope $\\mu$", "$\\mu$", unit=slope_unit(film.data.x_axis, film.data.y_axis))
        axes.set_ylim(-film.mu_reach, film.mu_reach)
        axes.axhline(0, color=style.theme.rule, lw=style.stroke, zorder=0.5)
        if self.options["density"]:
            self._density()
        self.field = Field(axes, film, style) if self.options["field"] else None
        self.trails = {hue: self._trail(hue) for hue in ("falling", "rising")}
        self.scale = area_scale(film.largest_jump, film.neurons, style)
        self.marks = Marks(axes, style)
        self.marks.set_zorder(5)
        self.counts = EdgeCounts(axes, style, ("top", "bottom", "left", "right"))
        self.moving = [*self.trails.values(), self.marks, *self.counts.artists]
        if self.field:
            self.moving.append(self.field.line)

    def _density(self) -> None:
        film, style = self.film, self.style
        plane = [film.quantity(name)[0] for name in ("grid", "delta_slope_grid", "joint_density")]
        levels = sorted(share * plane[2].max() for share in DENSITIES)
        lines = [line for lines in contour_generator(*plane).multi_lines(levels) for line in lines]
        look = {"colors": [style.rgba("data", 0.55)], "linewidths": 0.7 * style.stroke, "zorder": 0.7}
        self.axes.add_collection(LineCollection(lines, **look), autolim=False)

    def settle(self) -> None:
        super().settle()
        if self.field:
            self.field.settle()

    def _trail(self, hue: str) -> Line2D:
        """One line, broken between neurons, for all trails of a hue: one artist, and crossings do not add up."""
        style = self.style
        (line,) = self.axes.plot([], [], color=style.rgba(hue, style.theme.trail_opacity), lw=style.stroke)
        return line

    def show(self, frame: int) -> None:
        if self.field:
            self.field.show(frame)
        film = self.film
        beta, mu, jump = film.beta[frame], film.mu[frame], film.jump[frame]
        low, high = film.x_limits
        seen = (beta >= low) & (beta <= high) & (np.abs(mu) <= film.mu_reach)
        shape = BY_ORIENTATION[film.orientation[frame]]
        area = self.scale(jump)
        self.marks.show(*(part[seen] for part in (beta, mu, area, shape, jump, film.held[frame])))
        past_beta, past_mu, moved = self._past(frame)
        for hue, which in (("rising", jump[moved] >= 0), ("falling", jump[moved] < 0)):
            self.trails[hue].set_data(_broken(past_beta[:, which]), _broken(past_mu[:, which]))
        self.counts.show(beta, np.where((beta >= low) & (beta <= high), mu, 0.0))

    def _past(self, frame: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Recent β and μ, (L, K) each, of the K neurons whose trail reaches out from under their mark, and which."""
        window = slice(max(0, frame - self.film.trail), frame + 1)
        beta, mu = self.film.path[window], self.film.mu[window]
        pixels = np.abs(np.diff(self.axes.transData.transform([[0.0, 0.0], [1.0, 1.0]]), axis=0))[0]
        moved = ~(pixels[0] * np.ptp(beta, axis=0) + pixels[1] * np.ptp(mu, axis=0) <= 1.0)  # NaN counts as moved
        return beta[:, moved], mu[:, moved], moved


def _broken(values: np.ndarray) -> np.ndarray:
    """Columns of values (L, K) one after another, each followed by NaN: (K (L + 1),)."""
    return np.vstack([values, np.full(values.shape[1], np.nan)]).T.ravel()
