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
    """K(xᵢ, xⱼ), samples in order along both axes; its shades mean the same through the whole clip."""

    across = "own"

    @classmethod
    def spans(cls, film: Film, options: Mapping[str, Any], x: Span) -> dict[str, Span]:
        kernel = film.quantity("kernel").reshape(len(film.t), -1)
        low, top = np.quantile(kernel.min(axis=1), 0.1), np.quantile(kernel.max(axis=1), 0.9)
        return {"kernel": (min(float(low), 0.0), float(top))}

    def draw_still(self) -> None:
        film = self.film
        self.heading("tangent kernel $K(x_i, x_j)$", "kernel $K(x_i, x_j)$", "kernel", "$K$")
        self.kernel = film.quantity("kernel")
        low, top = self.limits.spans["kernel"]
        top = top or 1.0
        self.heat = Heatmap(self.axes, self.style, (low, top))
        self.axes.set_ylim(0, self.kernel.shape[1])
        self.ruler = Ruler(self.axes, self.style, shades(self.style), low, top)
        self.moving = [self.heat]

    def lay_up(self) -> None:
        self.axes.set_yticks([])

    def lay_own(self) -> None:
        count = self.kernel.shape[2]
        x = np.unique(self.film.x)
        axis = self.film.data.x_axis
        self.axes.set_xlim(0, count)
        most = max(int(min(self.axes.bbox.width, self.axes.bbox.height) / (4 * self.style.text)), 2)
        chosen = np.unique(np.round(np.linspace(0, count - 1, min(count, most))).astype(int))
        self.axes.set_xticks(chosen + 0.5, [f"{x[k]:.3g}".replace("-", "\N{MINUS SIGN}") for k in chosen])
        self.axes.set_xlabel(with_unit("samples in order, $x_i$", axis.unit))

    def settle(self) -> None:
        """Lay the ruler, then take of the axes a square: what belongs to a pair of samples is as wide as high."""
        self.beside = self.ruler.width
        super().settle()
        axes = self.axes
        left, bottom, width, height = axes.bbox.bounds
        square = Bbox.from_bounds(left, bottom, min(width, height), min(width, height))
        axes.set_position(square.transformed(axes.figure.transFigure.inverted()))
        self.ruler.settle(left + width, axes.bbox.y1 + RISE * self.style.text)

    def show(self, frame: int) -> None:
        self.heat.show(self.kernel[frame])
