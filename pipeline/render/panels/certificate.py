"""The proof of optimality: what a neuron at β would gain, |q|, under what it costs, 1.

Where the curve stays under the bound and all neurons stand on it, no network of any width costs less; where it rises
above, one more neuron would pay (Savarese et al. 2019; Boursier & Flammarion, arXiv:2303.01353).
"""

import numpy as np
from matplotlib.ticker import NullLocator

from pipeline.render.drawing.marks import DIAMOND, Marks
from pipeline.render.film.limits import within
from pipeline.render.panels.parts.base import Panel
from pipeline.render.panels.parts.knot_scale import hidden_area, knot_scale

TOP = 2.3  # of the axis: |q| = 20
TICKS = (0, 0.5, 1, 2), ("0", "½", "1", "10")


class CertificatePanel(Panel):
    """|q| over β, of the better of both sides, with the run's neurons and the optimum's knots on the bound.

    The axis is even up to the bound and logarithmic beyond.
    """

    explains = "rising", "falling", "held", "optimum"

    def draw_still(self) -> None:
        axes, film, style, theme = self.axes, self.film, self.style, self.style.theme
        self.heading(style.say("panels.certificate"), style.say("panels.certificate_short"), "$|q|$")
        axes.set_ylim(0, TOP)
        self.grid = film.quantity("grid")[0]
        self.course = heights(np.max(np.abs(film.quantity("certificate")), axis=1))
        self.own = heights(np.abs(film.quantity("neuron_certificate")))
        axes.axhline(1, color=theme.foreground, lw=style.stroke, zorder=1)
        (self.curve,) = axes.plot([], [], color=theme.muted, lw=1.6 * style.stroke, zorder=2)
        (self.excess,) = axes.fill([], [], color=theme.reference, alpha=0.25, lw=0, zorder=1.5)
        knots = film.quantity("optimum_knot")[0]
        knots = knots[within(knots, self.limits.x)]
        (known,) = axes.plot(knots, np.ones(len(knots)), "D", ls="none", zorder=6, mfc="none", mec=theme.reference)
        known.set(markeredgewidth=1.4 * style.stroke, markersize=0.9 * style.text)
        self.scale = knot_scale(self.limits, film.neurons, style)
        self.hidden = hidden_area(style)
        self.marks = Marks(axes, style)
        self.marks.set_zorder(5)
        self.moving = [self.excess, self.curve, self.marks]

    def lay_up(self) -> None:
        self.axes.yaxis.set_minor_locator(NullLocator())
        self.axes.set_yticks(*TICKS)

    def show(self, frame: int) -> None:
        course = self.course[frame]
        self.curve.set_data(self.grid, course)
        above = np.maximum(course, 1.0)
        ends = np.column_stack([self.grid, above])
        self.excess.set_xy(np.concatenate([[[self.grid[0], 1.0]], ends, [[self.grid[-1], 1.0]]]))
        film = self.film
        area = self.scale(film.jump[frame])
        seen = within(film.beta[frame], self.limits.x) & (area > self.hidden)
        seen &= np.abs(film.jump[frame]) > 1e-6 * self.scale.full
        x, jump, held = (part[frame, seen] for part in (film.beta, film.jump, film.held))
        y = np.minimum(self.own[frame, seen], TOP)
        self.marks.show(x, y, area[seen], np.full(len(x), DIAMOND), jump, held)


def heights(size: np.ndarray) -> np.ndarray:
    """Where |q| stands on the axis: itself up to 1, and one more for every ten times as much."""
    return np.where(size > 1, 1 + np.log10(np.maximum(size, 1)), size)
