"""The slope of the function: a staircase, whose steps are its pieces and whose risers are its knots."""

import numpy as np

from pipeline.render.film.film import Film, slope_unit
from pipeline.render.film.limits import even_window
from pipeline.render.panels.parts.base import Panel

HUES = "falling", "rising"
PLACES = 60  # inputs at which slopes are looked at for the limits


class SlopesPanel(Panel):
    """f' over input; with the option `stems` each riser has the hue of its slope jump."""

    @property
    def explains(self) -> tuple[str, ...]:
        """Hues need the key, the staircase does not."""
        return ("sign",) if self.options["stems"] else ()

    def draw_still(self) -> None:
        axes, film, style = self.axes, self.film, self.style
        self.heading("slope $f'(x)$", "$f'$", unit=slope_unit(film.data.x_axis, film.data.y_axis))
        self.knots, self.slopes = film.quantity("sorted_breakpoint"), film.quantity("piece_slope")
        windows = [even_window(extremes(peer)) for peer in film.peers]
        axes.set_ylim(min(low for low, _ in windows), max(high for _, high in windows))
        axes.axhline(0, color=style.theme.rule, lw=style.stroke, zorder=0.5)
        (self.stairs,) = axes.plot([], [], color=style.theme.foreground, lw=1.6 * style.stroke)
        self.risers = [
            axes.plot([], [], color=style.rgba(hue), lw=1.9 * style.stroke, zorder=3)[0]
            for hue in HUES * self.options["stems"]
        ]
        self.moving = [self.stairs, *self.risers]

    def show(self, frame: int) -> None:
        low, high = self.film.x_limits
        beta, slope = self.knots[frame], self.slopes[frame]
        inside = np.flatnonzero((beta >= low) & (beta <= high))
        first = int(np.searchsorted(beta, low))
        beta, slope = beta[inside], slope[first : first + len(inside) + 1]
        self.stairs.set_data(np.concatenate([[low], np.repeat(beta, 2), [high]]), np.repeat(slope, 2))
        up = np.diff(slope) >= 0
        for riser, which in zip(self.risers, (~up, up), strict=False):
            ends = slope[:-1][which], slope[1:][which], np.full(np.count_nonzero(which), np.nan)
            riser.set_data(np.repeat(beta[which], 3), np.column_stack(ends).ravel())


def extremes(film: Film) -> np.ndarray:
    """(2F,) least and largest slope of every frame at PLACES inputs: what is narrower than their distance may go on."""
    x = np.linspace(*film.x_limits, PLACES)
    knots, slopes = film.quantity("sorted_breakpoint"), film.quantity("piece_slope")
    met = np.stack([row[np.searchsorted(beta, x)] for beta, row in zip(knots, slopes, strict=True)])
    return np.concatenate([met.min(axis=1), met.max(axis=1)])
