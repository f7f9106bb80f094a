"""Eigenvalues by rank: at zero loss the Hessian has at most N positive ones, over a bulk of zeros.

Sahs et al. (arXiv:2008.01772) on the Hessian spectrum. Both signs stand on one logarithmic axis, that is linear next
to zero.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.ticker import NullLocator

from pipeline.render.drawing.round_numbers import log_words
from pipeline.render.film.film import Film
from pipeline.render.film.limits import Span
from pipeline.render.panels.parts.base import Panel
from pipeline.render.panels.parts.broken_lines import broken
from pipeline.render.panels.parts.curve_names import rows_share

SPECTRA = {  # option → quantity, names of the long and the short heading
    "hessian": ("hessian_eigenvalues", "hessian", "hessian_short"),
    "spline_hessian": ("spline_hessian_eigenvalues", "spline_hessian", "hessian_short"),
    "kernel": ("kernel_eigenvalues", "spectrum", "spectrum_short"),
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
        self.heading(style.say(f"panels.{long}"), style.say(f"panels.{short}"))
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
        self.words = [axes.text(0, 0, "", color=style.theme.muted, va="top", ha=side) for side in ("right", "left")]
        for words in self.words:
            words.set_in_layout(False)
        self.parts = [self._part(name) for name in ("foreground", "muted")]
        self.moving = [artist for part in self.parts for artist in part]

    def _part(self, ink: str) -> tuple[Line2D, Line2D]:
        """Stems and heads: of the first eigenvalues, one a sample, and of the bulk behind them."""
        colour = self.style.rgba(ink)
        (stems,) = self.axes.plot([], [], color=colour, lw=self.style.stroke, solid_capstyle="butt")
        (heads,) = self.axes.plot([], [], "o", color=colour, mew=0)
        return stems, heads

    def lay_own(self) -> None:
        self.axes.set_xlim(0, self.ranks + 1)
        self.few_ticks(self.axes.xaxis, 6)
        self.axes.set_xlabel(self.style.say("panels.rank"))

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
        self.cut(self.moving, 0.0, rows_share(1, self.axes, self.style))
        spacing = self.axes.bbox.width / (self.ranks + 1)
        for stems, heads in self.parts:
            stems.set_linewidth(min(1.2 * self.style.stroke, 0.5 * spacing))
            heads.set_markersize(min(3.2 * self.style.stroke, max(1.2 * spacing, 1.6 * self.style.stroke)))
        self._say(spacing)

    def _say(self, spacing: float) -> None:
        """Words on both sides of the line behind the samples, as many as have room there."""
        split, gap = self.samples + 0.5, 0.4 * self.style.text / spacing
        say = self.style.say
        samples = say("panels.samples", count=self.samples), f"{self.samples}"
        said = [samples, (say("panels.bulk"), say("panels.bulk_short"), "")]
        rooms = [split, self.ranks + 1 - split]
        for words, candidates, room, side in zip(self.words, said, rooms, (-1, 1), strict=True):
            words.set_position((split + side * gap, self.axes.get_ylim()[1]))
            self._first_that_fits(words, candidates, (room - gap) * spacing)

    def show(self, frame: int) -> None:
        rank, values = np.arange(1, self.ranks + 1), self.values[frame]
        cut = min(self.samples, self.ranks)
        for (stems, heads), part in zip(self.parts, (slice(cut), slice(cut, None)), strict=True):
            stems.set_data(broken(rank[part], rank[part]), broken(np.zeros(len(rank[part])), values[part]))
            heads.set_data(rank[part], values[part])


def ranks_shown(film: Film, values: np.ndarray) -> int:
    """How many of the eigenvalues (F, P) are shown."""
    return int(min(values.shape[1], max(round(BEYOND * len(np.unique(film.x))), 6)))


def by_size(values: np.ndarray, most: int) -> np.ndarray:
    """(F, most) of the values (F, P), the largest in size first."""
    order = np.argsort(-np.abs(values), axis=1, kind="stable")[:, :most]
    return np.take_along_axis(values, order, axis=1)
