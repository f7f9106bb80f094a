"""What the function misses: the residual f(xₙ) − yₙ at every sample, as a stem."""

import numpy as np

from pipeline.render.limits import robust_reach
from pipeline.render.panels.base import Panel
from pipeline.render.panels.edges import EdgeCounts


class ResidualsPanel(Panel):
    """Residuals over input."""

    explains = ("outside",)

    def draw_still(self) -> None:
        axes, film, style = self.axes, self.film, self.style
        self.heading("residual $f(x_n) - y_n$", "residual", unit=film.data.y_axis.unit)
        self.residual = film.quantity("residual")
        reach = 1.06 * max(robust_reach(peer.quantity("residual"), share=0.98) for peer in film.peers)
        axes.set_ylim(-reach, reach)
        axes.axhline(0, color=style.theme.rule, lw=style.stroke, zorder=0.5)
        width = min(1.2, 60 / len(film.x)) * style.stroke
        ink = style.theme.foreground
        (self.stems,) = axes.plot([], [], color=ink, lw=max(width, 0.6 * style.stroke))
        (self.heads,) = axes.plot([], [], "o", color=ink, ms=max(2.6 * width, 1.6 * style.stroke), mew=0)
        self.counts = EdgeCounts(axes, style, ("top", "bottom"))
        self.moving = [self.stems, self.heads, *self.counts.artists]

    def show(self, frame: int) -> None:
        x, residual = self.film.x, self.residual[frame]
        inside = np.abs(residual) <= self.axes.get_ylim()[1]
        feet = np.column_stack([np.zeros(len(x)), residual, np.full(len(x), np.nan)])
        self.stems.set_data(np.repeat(x, 3), feet.ravel())
        self.heads.set_data(x[inside], residual[inside])
        self.counts.show(x, residual)
