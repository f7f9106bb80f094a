"""Every neuron in spline coordinates: slope jump sμ over breakpoint β, each with a trail of its recent past."""

from typing import Any

import numpy as np
from matplotlib.collections import LineCollection

from pipeline.render.drawing.density import DENSITY_FROM
from pipeline.render.film.film import slope_unit
from pipeline.render.panels.parts.base import Panel
from pipeline.render.panels.parts.cloud import Cloud
from pipeline.render.panels.parts.contours import level_lines
from pipeline.render.panels.parts.edges import EdgeCounts
from pipeline.render.panels.parts.field import Field
from pipeline.render.panels.parts.plane_axis import PlaneAxis
from pipeline.render.panels.parts.ring import Ring

DENSITIES = 0.5, 0.2, 0.08, 0.03, 0.01  # level lines, shares of the largest density among the samples


class PlanePanel(Panel):
    """The (β, sμ) plane, where up is bending up; options: `field`, the flow's arrows, and `density`, level lines of the
    initialisation's; `coordinate: delta_slope` gives the paper's plane of μ.
    """

    explains = "side", "rising", "falling", "held"

    def draw_still(self) -> None:
        axes, film, style = self.axes, self.film, self.style
        crowd = style.say("panels.crowd") if film.neurons >= DENSITY_FROM else ""
        tail = style.say("panels.flow") if self.options["field"] else crowd
        unit = slope_unit(film.data.x_axis, film.data.y_axis)
        self.plane = PlaneAxis(film, self.options["coordinate"])
        self.heading(*self.plane.names(style.say), unit=unit, tail=tail)
        axes.axhline(0, color=style.theme.rule, lw=style.stroke, zorder=0.5)
        if self.options["density"]:
            self._density()
        self.field = Field(axes, film, style, self.plane) if self.options["field"] else None
        self.cloud = Cloud(axes, film, style, film.beta, self.plane.heights, film.path, self.limits.largest_jump)
        self.counts = EdgeCounts(axes, style)
        self.ring = Ring(axes, film, style)
        self.moving = [*self.cloud.artists, *self.ring.artists, *self.counts.artists]
        if self.field:
            self.moving.append(self.field.line)

    def _density(self) -> None:
        film, style = self.film, self.style
        beta, mu, density = (film.quantity(name)[0] for name in ("grid", "delta_slope_grid", "joint_density"))
        levels = sorted(share * float(density.max()) for share in DENSITIES)
        lines = [line for lines in level_lines(beta, mu, density, levels) for line in lines]
        look: dict[str, Any] = {"colors": [style.rgba("data", 0.55)], "linewidths": 0.7 * style.stroke, "zorder": 0.7}
        self.axes.add_collection(LineCollection(lines, **look), autolim=False)

    def lay_up(self) -> None:
        self.lay_between(-self.limits.mu_reach, self.limits.mu_reach, self.cloud.scale.largest)
        super().lay_up()

    def settle(self) -> None:
        self.counts.settle(self.window, self.film.beta, self.plane.heights, self.film.fps)
        self.beside = self.counts.width
        super().settle()
        self.cloud.settle(self.window)
        if self.field:
            self.field.settle()

    def show(self, frame: int) -> None:
        if self.field:
            self.field.show(frame)
        self.cloud.show(frame)
        self.counts.show(frame)
        beta, height = self.film.beta[frame], self.plane.heights[frame]
        if self.ring.artists:
            shown = self.cloud.seen(frame)
            self.ring.show(np.flatnonzero(shown), beta[shown], height[shown])
