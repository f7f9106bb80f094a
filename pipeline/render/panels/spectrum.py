"""Eigenvalues by rank: at zero loss the Hessian has at most N positive ones, over a bulk of zeros.

Sahs et al. (arXiv:2008.01772) on the Hessian spectrum. Both signs stand on one logarithmic axis, that is linear next
to zero.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.ticker import NullLocator

from pipeline.render.drawing.round_numbers import log_words
from pipeline.render.film.film import Film
from pipeline.render.film.limits import Span
from pipeline.render.panels.parts.base import Panel
from pipeline.render.panels.parts.broken_lines import broken
from pipeline.render.panels.parts.curve_names import rows_share

SPECTRA = {  # option → quantity, long and short heading
    "hessian": ("hessian_eigenvalues", "Hessian eigenvalues in $(w, b, v)$", "Hessian"),
    "spline_hessian": ("spline_hessian_eigenvalues", "Hessian eigenvalues in $(\\beta, \\mu)$", "Hessian"),
    "kernel": ("kernel_eigenvalues", "tangent kernel eigenvalues", "kernel"),
}
DECADES = 4  # of the logarithmic parts
BEYOND = 2.5  # ranks shown, in numbers of distinct samples: what is past them is zero


class SpectrumPanel(Panel):
    """Eigenvalues over their rank by size, the largest first, with a line behind the number of samples."""

    across = "own"

    @classmethod
    def spans(cls, film: Film, options: Mapping[str, Any], x: Span) -> dict[str, Span]:
        values = film.quantity(SPECTRA[options["of"]][0])
        lowest = by_size(values, ranks_shown(film, values)).min()
        return {"eigenvalues": (float(lowest), float(np.quantile(np.abs(values).max(axis=1), 0.95)))}

    def draw_still(self) -> None:
        axes, film, style = self.axes, self.film, self.style
        name, long, short = SPECTRA[self.options["of"]]
        self.heading(long, short)
        self.samples = len(np.unique(film.x))
        values = film.quantity(name)
        self.ranks = ranks_shown(film, values)
        self.values = by_size(values, self.ranks)
        lowest, top = self.limits.spans["eigenvalues"]
        self.top = 10.0 ** np.ceil(np.log10(max(top, 1e-300)))
        axes.set_yscale("symlog", linthresh=self.top * 10.0**-DECADES, linscale=0.6)
        self.bottom = -self.top * (lowest < -self.top * 10.0**-DECADES)
        axes.set_ylim(self.bottom, self.top)
        axes.axhline(0, color=style.theme.rule, lw=style.stroke, zorder=0.5)
        axes.axvline(self.samples + 0.5, color=style.theme.muted, lw=style.stroke, ls=(0, (4, 3)), zorder=0.6)
        self.label = axes.text(0, 0, f"{self.samples} samples", color=style.theme.muted, va="top")
        self.label.set_in_layout(False)
        ink = style.theme.foreground
        (self.stems,) = axes.plot([], [], color=ink, lw=style.stroke, solid_capstyle="butt")
        (self.heads,) = axes.plot([], [], "o", color=ink, mew=0)
        self.moving = [self.stems, self.heads]

    def lay_own(self) -> None:
        self.axes.set_xlim(0, self.ranks + 1)
        self.few_ticks(self.axes.xaxis, 6)
        self.axes.set_xlabel("rank by size")

    def lay_up(self) -> None:
        self.lay_between(self.bottom, self.top, head=rows_share(1, self.axes, self.style))
        powers = self.top * 10.0 ** -np.arange(0, DECADES + 1, 2 if self.room_up() > 4 else DECADES)
        negative = self.bottom < 0
        words = log_words([min(powers), *powers])[1:]
        places = [*(-powers * negative)[: len(powers) * negative][:1], 0.0, *powers[:-1]]
        names = [*(f"$-${word}" for word in words[: 1 * negative]), "0", *words[:-1]]
        self.axes.yaxis.set_minor_locator(NullLocator())
        self.axes.set_yticks(places, names)

    def settle(self) -> None:
        super().settle()
        self.cut([self.stems, self.heads], 0.0, rows_share(1, self.axes, self.style))
        spacing = self.axes.bbox.width / (self.ranks + 1)
        self.stems.set_linewidth(min(1.2 * self.style.stroke, 0.5 * spacing))
        self.heads.set_markersize(min(3.2 * self.style.stroke, max(1.2 * spacing, 1.6 * self.style.stroke)))
        right = self.samples + 0.5 < 0.6 * self.ranks
        self.label.set_position((self.samples + 0.5, self.axes.get_ylim()[1]))
        gap = 0.4 * self.style.text / self.axes.bbox.width * (self.ranks + 1)
        self.label.set_x(self.samples + 0.5 + (gap if right else -gap))
        self.label.set_horizontalalignment("left" if right else "right")

    def show(self, frame: int) -> None:
        rank, values = np.arange(1, self.ranks + 1), self.values[frame]
        self.stems.set_data(broken(rank, rank), broken(np.zeros(self.ranks), values))
        self.heads.set_data(rank, values)


def ranks_shown(film: Film, values: np.ndarray) -> int:
    """How many of the eigenvalues (F, P) are shown."""
    return int(min(values.shape[1], max(round(BEYOND * len(np.unique(film.x))), 6)))


def by_size(values: np.ndarray, most: int) -> np.ndarray:
    """(F, most) of the values (F, P), the largest in size first."""
    order = np.argsort(-np.abs(values), axis=1, kind="stable")[:, :most]
    return np.take_along_axis(values, order, axis=1)
