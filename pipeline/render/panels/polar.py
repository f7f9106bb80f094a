"""Neurons in reduced coordinates: |v|(w, b), whose angle says where the breakpoint is and whose length how strong.

Williams et al. (arXiv:1906.07842) on the flow in reduced coordinates: a sample x is a line through 0, on which
w x + b = 0; a neuron that it holds moves along it, and towards 0 a neuron dies. Unlike (β, μ) these are regular where
w goes through 0.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.collections import LineCollection

from pipeline.render.film.film import Film
from pipeline.render.film.limits import Span, middle, robust_reach
from pipeline.render.panels.parts.base import Panel
from pipeline.render.panels.parts.cloud import Cloud
from pipeline.render.panels.parts.edges import EdgeCounts

MOST_RAYS = 60  # samples' lines: more would close to a disk


class PolarPanel(Panel):
    """The plane of |v|(w, b), as many units wide as high."""

    across = "own"
    explains = "side", "rising", "falling", "size", "held"
    joined = staticmethod(middle)

    @classmethod
    def spans(cls, film: Film, options: Mapping[str, Any], x: Span) -> dict[str, Span]:
        return {"radius": (0.0, robust_reach(np.abs(film.quantity("polar_radius"))))}

    def draw_still(self) -> None:
        axes, film, style = self.axes, self.film, self.style
        self.heading("neurons as $|v|\\,(w, b)$, a line per sample", "$|v|\\,(w, b)$")
        radius, angle = np.abs(film.quantity("polar_radius")), film.quantity("polar_angle")
        self.w, self.b = radius * np.cos(angle), radius * np.sin(angle)
        self.reach = 1.08 * self.limits.spans["radius"][1]
        axes.set_ylim(-self.reach, self.reach)
        self.cloud = Cloud(axes, film, style, self.w, self.b, self.w, self.limits.largest_jump)
        self.counts = EdgeCounts(axes, style, ("top", "bottom", "left", "right"), film.neurons)
        self.moving = [*self.cloud.artists, *self.counts.artists]

    def lay_up(self) -> None:
        self.axes.set_yticks([])

    def lay_own(self) -> None:
        self.axes.set_xticks([])

    def settle(self) -> None:
        super().settle()
        axes, box = self.axes, self.axes.bbox
        axes.set_xlim(-self.reach * box.width / box.height, self.reach * box.width / box.height)
        x = np.unique(self.film.data.x)
        x = x[:: -(-len(x) // MOST_RAYS)]
        far = 2 * self.reach * (1 + box.width / box.height)
        way = far * np.column_stack([np.ones(len(x)), -x]) / np.hypot(1, x)[:, None]
        look: dict[str, Any] = {"colors": self.style.theme.rule, "linewidths": self.style.stroke, "zorder": 0.5}
        axes.add_collection(LineCollection(list(np.stack([-way, way], axis=1)), **look), autolim=False)
        self.cloud.settle(self.window)

    def show(self, frame: int) -> None:
        self.cloud.show(frame)
        self.count_beyond(self.w[frame], self.b[frame])
