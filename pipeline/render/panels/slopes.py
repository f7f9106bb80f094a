"""The slope of the function: a staircase, whose steps are its pieces and whose risers are its knots."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from pipeline.render.film.film import Film, slope_unit
from pipeline.render.film.limits import Span, even_window, within
from pipeline.render.panels.parts.base import Panel
from pipeline.render.panels.parts.broken_lines import broken

HUES = "falling", "rising"
PLACES = 60  # inputs at which slopes are looked at for the limits


class SlopesPanel(Panel):
    """f' over input; with the option `stems` each riser has the hue of its slope jump."""

    @classmethod
    def spans(cls, film: Film, options: Mapping[str, Any], x: Span) -> dict[str, Span]:
        return {"slope": even_window(extremes(film, x))}

    def draw_still(self) -> None:
        self.explains = ("rising", "falling") if self.options["stems"] else ()  # the staircase needs no key, hues do
        axes, film, style = self.axes, self.film, self.style
        self.heading(style.say("axes.slope"), "$f'$", unit=slope_unit(film.data.x_axis, film.data.y_axis))
        self.knots, self.slopes = film.quantity("sorted_breakpoint"), film.quantity("piece_slope")
        axes.set_ylim(*self.limits.spans["slope"])
        axes.axhline(0, color=style.theme.rule, lw=style.stroke, zorder=0.5)
        (self.stairs,) = axes.plot([], [], color=style.theme.foreground, lw=1.6 * style.stroke)
        self.risers = [
            axes.plot([], [], color=style.rgba(hue), lw=1.9 * style.stroke, zorder=3)[0]
            for hue in HUES * self.options["stems"]
        ]
        self.moving = [self.stairs, *self.risers]

    def show(self, frame: int) -> None:
        low, high = self.limits.x
        beta, slope = self.knots[frame], self.slopes[frame]
        inside = np.flatnonzero(within(beta, self.limits.x))
        first = int(np.searchsorted(beta, low))
        beta, slope = beta[inside], slope[first : first + len(inside) + 1]
        self.stairs.set_data(np.concatenate([[low], np.repeat(beta, 2), [high]]), np.repeat(slope, 2))
        up = np.diff(slope) >= 0
        for riser, which in zip(self.risers, (~up, up), strict=False):
            riser.set_data(broken(beta[which], beta[which]), broken(slope[:-1][which], slope[1:][which]))


def extremes(film: Film, limits: Span) -> np.ndarray:
    """(2F,) least and largest slope of every frame at PLACES inputs: what is narrower than their distance may go on."""
    x = np.linspace(*limits, PLACES)
    knots, slopes = film.quantity("sorted_breakpoint"), film.quantity("piece_slope")
    met = np.stack([row[np.searchsorted(beta, x)] for beta, row in zip(knots, slopes, strict=True)])
    return np.concatenate([met.min(axis=1), met.max(axis=1)])
