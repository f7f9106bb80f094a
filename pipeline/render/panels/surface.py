"""The loss over one neuron's (β, μ) plane, all else as it is now: the landscape that the neuron walks in."""

import numpy as np
from matplotlib.collections import LineCollection

from pipeline.render.drawing.marks import BY_ORIENTATION, Marks, area_scale
from pipeline.render.film.film import slope_unit
from pipeline.render.panels.parts.base import Panel
from pipeline.render.panels.parts.contours import level_lines
from pipeline.render.panels.parts.ring import Ring

LEVELS = 12


class SurfacePanel(Panel):
    """Level lines of the loss, evenly spaced in its logarithm and the same for the whole clip: the lower, the darker.

    The neuron's mark stands in them with the way it came; rulings at the samples, where the landscape has creases.
    """

    explains = "side", "rising", "falling", "held"

    def draw_still(self) -> None:
        axes, film, style = self.axes, self.film, self.style
        unit = slope_unit(film.data.x_axis, film.data.y_axis)
        self.heading("delta-slope $\\mu$", "$\\mu$", unit=unit, tail=f", lines of equal loss for neuron {film.ordinal}")
        self.x, self.y = film.quantity("grid")[0], film.quantity("delta_slope_grid")[0]
        self.loss = film.losses("loss_plane")
        axes.set_ylim(self.y[0], self.y[-1])
        axes.axhline(0, color=style.theme.rule, lw=style.stroke, zorder=0.5)
        axes.vlines(np.unique(film.x), self.y[0], self.y[-1], color=style.theme.rule, lw=0.6 * style.stroke, zorder=0.5)
        lowest, high = max(self.loss.min(), 1e-9 * self.loss.max()), float(np.quantile(self.loss, 0.9))
        self.levels = np.geomspace(lowest * (high / lowest) ** (0.5 / LEVELS), high, LEVELS).tolist()
        self.inks = [style.rgba("foreground", opacity) for opacity in np.linspace(0.95, 0.3, LEVELS)]
        self.lines = LineCollection([], lw=0.8 * style.stroke)
        axes.add_collection(self.lines, autolim=False)
        ink = style.theme.foreground
        (self.way,) = axes.plot([], [], color=ink, lw=1.6 * style.stroke)
        self.mark = Marks(axes, style)
        self.mark.set_zorder(5)
        self.area = np.array([area_scale(1.0, 60, style).largest])
        self.ring = Ring(axes, film, style)
        self.moving = [self.lines, self.way, self.mark, *self.ring.artists]

    def show(self, frame: int) -> None:
        film, neuron = self.film, self.film.chosen
        contours = level_lines(self.x, self.y, self.loss[frame], self.levels)
        self.lines.set_segments([line for lines in contours for line in lines])
        self.lines.set_color([ink for ink, lines in zip(self.inks, contours, strict=True) for _ in lines])
        self.way.set_data(film.path[: frame + 1, neuron], film.mu[: frame + 1, neuron])
        chosen = np.array([neuron])
        beta, mu = film.beta[frame, chosen], film.mu[frame, chosen]
        seen = self.window.holds(beta, mu)
        looks = self.area, BY_ORIENTATION[film.orientation[frame, chosen]], film.jump[frame, chosen]
        self.mark.show(*(part[seen] for part in (beta, mu, *looks, film.held[frame, chosen])))
        self.ring.show(chosen[seen], beta[seen], mu[seen])
