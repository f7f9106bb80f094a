"""Where neurons stand, counted: the density of breakpoints or delta-slopes beside that of the initialisation."""

import numpy as np

from pipeline.render.film.limits import even_window, within
from pipeline.render.panels.parts.base import Panel

BINS = 40
DENSITIES = {"breakpoint": ("grid", "breakpoint_density"), "delta_slope": ("delta_slope_grid", "delta_slope_density")}


class HistogramPanel(Panel):
    """The share of neurons per unit of β or μ, over all neurons: what lies outside is missing from the area."""

    def draw_still(self) -> None:
        self.across = "input" if self.options["of"] == "breakpoint" else "own"
        axes, film, style = self.axes, self.film, self.style
        symbol = "\\beta" if self.options["of"] == "breakpoint" else "\\mu"
        names = [style.say(f"panels.{name}", symbol=f"${symbol}$") for name in ("density", "density_short")]
        self.heading(*names, f"$p({symbol})$")
        places, law = (film.quantity(name)[0] for name in DENSITIES[self.options["of"]])
        low, high = self.limits.x if self.options["of"] == "breakpoint" else (places[0], places[-1])
        self.edges = np.linspace(low, high, BINS + 1)
        self.heights = self._count(film.beta if self.options["of"] == "breakpoint" else film.mu)
        shown = np.isfinite(law) & within(places, (low, high))
        axes.set_ylim(0, 1.05 * max(even_window(self.heights)[1], np.quantile(law[shown], 0.97)))
        self.bars = axes.stairs(self.heights[0], self.edges, fill=True, color=style.rgba("data", 0.55), lw=0)
        axes.plot(places[shown], law[shown], color=style.theme.foreground, lw=1.4 * style.stroke, zorder=3)
        self.moving = [self.bars]

    def _count(self, values: np.ndarray) -> np.ndarray:
        """(F, BINS) share of the m neurons per unit in each bin, of values (F, m)."""
        width, neurons = self.edges[1] - self.edges[0], values.shape[1]
        counts = np.stack([np.histogram(row[np.isfinite(row)], self.edges)[0] for row in values])
        return np.asarray(counts / (neurons * width))

    def lay_own(self) -> None:
        self.axes.set_xlim(self.edges[0], self.edges[-1])
        self.axes.set_xlabel(self.style.say("axes.delta_slope"))
        self.few_ticks(self.axes.xaxis, 6)

    def show(self, frame: int) -> None:
        self.bars.set_data(values=self.heights[frame])
