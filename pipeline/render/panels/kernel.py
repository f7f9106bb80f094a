"""The tangent kernel on the distinct samples, as shades."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.transforms import Bbox

from pipeline.render.drawing.heatmap import Heatmap, shades
from pipeline.render.film.film import Film, with_unit
from pipeline.render.film.limits import Span
from pipeline.render.panels.parts.base import Panel
from pipeline.render.panels.parts.edges import RISE
from pipeline.render.panels.parts.ruler import Ruler


class KernelPanel(Panel):
    """K(x, x′), samples in order along both axes; its shades mean the same through the whole clip."""

    across = "own"

    @classmethod
    def spans(cls, film: Film, options: Mapping[str, Any], x: Span) -> dict[str, Span]:
        kernel = film.quantity("kernel").reshape(len(film.t), -1)
        low, top = np.quantile(kernel.min(axis=1), 0.1), np.quantile(kernel.max(axis=1), 0.9)
        return {"kernel": (min(float(low), 0.0), float(top))}

    def draw_still(self) -> None:
        film, say = self.film, self.style.say
        self.heading(*map(say, ("panels.kernel", "panels.kernel_short", "panels.kernel_shorter")), "$x'$")
        self.kernel = film.quantity("kernel")
        low, top = self.limits.spans["kernel"]
        top = top or 1.0
        self.heat = Heatmap(self.axes, self.style, (low, top))
        self.axes.set_ylim(0, self.kernel.shape[1])
        self.ruler = Ruler(self.axes, self.style, shades(self.style), low, top)
        self.moving = [self.heat]

    def lay_up(self) -> None:
        self.axes.set_yticks(*self._ticks())

    def lay_own(self) -> None:
        self.axes.set_xlim(0, self.kernel.shape[2])
        self.axes.set_xticks(*self._ticks())
        self.axes.set_xlabel(with_unit(self.style.say("panels.sample"), self.film.data.x_axis.unit))

    def _ticks(self) -> tuple[np.ndarray, list[str]]:
        """Places and inputs of a few samples, the same along both axes."""
        x = np.unique(self.film.x)
        side = min(self.axes.bbox.width, self.axes.bbox.height)
        most = max(int(side / (4 * self.style.text)), 2)
        chosen = np.unique(np.round(np.linspace(0, len(x) - 1, min(len(x), most))).astype(int))
        return chosen + 0.5, [f"{x[k]:.3g}".replace("-", "\N{MINUS SIGN}") for k in chosen]

    def settle(self) -> None:
        """Take of the axes a square: what belongs to a pair of samples is as wide as high. The ruler stands beside it,
        or where there is no room in the heading's line.
        """
        axes, size = self.axes, self.style.text
        left, bottom, width, height = axes.bbox.bounds
        side = min(width, height)
        has_room = width - side >= self.ruler.width + size
        self.beside = 0.0 if has_room else self.ruler.width
        super().settle()
        square = Bbox.from_bounds(left, bottom, side, side)
        axes.set_position(square.transformed(axes.figure.transFigure.inverted()))
        self.ruler.settle(left + width, bottom + side + (-size if has_room else RISE * size))

    def show(self, frame: int) -> None:
        self.heat.show(self.kernel[frame])
