"""Neurons in reduced coordinates: |v|(w, b), whose angle says where the breakpoint is and whose length how strong.

Williams et al. (arXiv:1906.07842) on the flow in reduced coordinates: a sample x is a line through 0, on which
w x + b = 0; a neuron that it holds moves along it, and towards 0 a neuron dies. In the kernel regime neurons move in
and out, in the adaptive regime they turn. Unlike (β, μ) these are regular where w goes through 0.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.collections import LineCollection

from pipeline.render.film.evenly import evenly
from pipeline.render.film.film import Film
from pipeline.render.film.limits import Span, middle, robust_reach
from pipeline.render.panels.parts.base import Panel
from pipeline.render.panels.parts.broken_lines import broken
from pipeline.render.panels.parts.cloud import Cloud
from pipeline.render.panels.parts.edges import EdgeCounts
from pipeline.render.panels.parts.end_labels import EndLabels

MOST_RAYS = 60  # samples' lines: more would close to a disk
NAMED_RAYS = 5
MOST_WAYS = 60  # neurons whose whole way is drawn, the strongest
HUES = "falling", "rising"
WHOLE = "polar", "polar_short"  # names of headings
ZOOMED = "polar_zoomed", "polar_zoomed_short", "polar_zoomed_shorter"
SYMBOL = "$|v|\\,(w, b)$"


class PolarPanel(Panel):
    """The plane of |v|(w, b), as many units wide as high, with the way of the strongest neurons from their start.

    With `zoom` every moment has a scale of its own, on which the farthest neuron is at the edge: neurons are seen to
    turn while they are as good as 0. Ways have no place there.
    """

    across = "own"
    explains = "rising", "falling", "held"
    joined = staticmethod(middle)

    @classmethod
    def spans(cls, film: Film, options: Mapping[str, Any], x: Span) -> dict[str, Span]:
        return {} if options["zoom"] else {"radius": (0.0, robust_reach(np.abs(film.quantity("polar_radius"))))}

    def draw_still(self) -> None:
        axes, film, style = self.axes, self.film, self.style
        self.zoom = self.options["zoom"]
        names = ZOOMED if self.zoom else WHOLE
        self.heading(*(style.say(f"panels.{name}") for name in names), *([] if self.zoom else [SYMBOL]))
        radius, angle = np.abs(film.quantity("polar_radius")), film.quantity("polar_angle")
        if self.zoom:
            radius = relative(radius)
        self.w, self.b = radius * np.cos(angle), radius * np.sin(angle)
        self.strongest = np.argsort(-radius.max(axis=0), kind="stable")[:MOST_WAYS]
        self.reach = 1.08 * (1.0 if self.zoom else self.limits.spans["radius"][1])
        axes.set_ylim(-self.reach, self.reach)
        self.ways = [axes.plot([], [], color=style.rgba(hue, 0.6), lw=style.stroke)[0] for hue in HUES]
        still = np.full_like(self.w, np.nan)  # their whole ways are drawn, and no trails
        self.cloud = Cloud(axes, film, style, self.w, self.b, still, self.limits.largest_jump, sided=False)
        self.counts = EdgeCounts(axes, style)
        self._name_rays()
        self.moving = [*self.ways, *self.cloud.artists, *self.names.artists, *self.counts.artists]

    def _name_rays(self) -> None:
        """Names of some samples, at the right ends of their rays."""
        x = np.unique(self.film.data.x)
        self.named = x[evenly(len(x), NAMED_RAYS)]
        said = [f"{value:.3g}".replace("-", "\N{MINUS SIGN}") for value in self.film.data.x_axis.to_user(self.named)]
        self.names = EndLabels(self.axes, self.style, [f"x\u2009=\u2009{word}" for word in said], ["muted"] * len(said))

    def lay_up(self) -> None:
        self.axes.set_yticks([])

    def lay_own(self) -> None:
        self.axes.set_xticks([])
        names = [self.style.say(f"panels.{name}") for name in ("polar_axis", "polar_axis_short")]
        self._first_that_fits(self.axes.xaxis.label, names, self.axes.bbox.width)

    def settle(self) -> None:
        axes, box = self.axes, self.axes.bbox
        right = self.reach * box.width / box.height
        axes.set_xlim(-right, right)
        self.counts.settle(self.window, self.w, self.b, self.film.fps)
        self.beside = self.counts.width
        super().settle()
        x = np.unique(self.film.data.x)
        x = x[:: -(-len(x) // MOST_RAYS)]
        far = 2 * self.reach * (1 + box.width / box.height)
        way = far * np.column_stack([np.ones(len(x)), -x]) / np.hypot(1, x)[:, None]
        look: dict[str, Any] = {"colors": self.style.theme.rule, "linewidths": self.style.stroke, "zorder": 0.5}
        axes.add_collection(LineCollection(list(np.stack([-way, way], axis=1)), **look), autolim=False)
        self.names.settle(-right * self.named[None])
        self.cloud.settle(self.window)

    def show(self, frame: int) -> None:
        self.cloud.show(frame)
        self.names.show(0, self.axes.bbox.x1)
        if not self.zoom:
            self._show_ways(frame)
        self.counts.show(frame)

    def _show_ways(self, frame: int) -> None:
        frames = np.append(self.film.survey[self.film.survey < frame], frame)
        up = self.film.jump[frame, self.strongest] >= 0
        for line, which in zip(self.ways, (~up, up), strict=True):
            chosen = np.ix_(frames, self.strongest[which])
            line.set_data(*(broken(*part[chosen]) for part in (self.w, self.b)))


def relative(radius: np.ndarray) -> np.ndarray:
    """Radii (F, m) in shares of each frame's largest; 0 where all are."""
    largest = radius.max(axis=1, keepdims=True)
    return np.asarray(np.divide(radius, largest, out=np.zeros_like(radius), where=largest > 0))
