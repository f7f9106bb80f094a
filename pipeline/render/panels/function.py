"""The data, the function, and its knots where they are: on the curve."""

from dataclasses import replace

import numpy as np

from pipeline.render.marks import BY_ORIENTATION, AreaScale, Groups, Marks, area_scale, merge
from pipeline.render.panels.base import Panel
from pipeline.render.panels.edges import EdgeCounts
from pipeline.render.panels.tally import Tally

SAME_PLACE = 1e-3  # px: neurons held by one sample differ by rounding only
CURVE = 1.9  # width of the function, in strokes
TALLY = 1.5  # room kept free at the foot for the tally, in text sizes


class FunctionPanel(Panel):
    """Output over input."""

    explains = "side", "sign", "size", "held", "merged", "outside"

    def draw_still(self) -> None:
        axes, film, style = self.axes, self.film, self.style
        axis = film.data.y_axis
        self.heading(axis.label or "output $f(x)$", "$f(x)$", unit=axis.unit)
        axes.set_ylim(*film.y_limits)
        size = max(1.6, 3.4 - 0.3 * np.log2(max(len(film.x) / 30, 1))) * style.stroke
        axes.plot(film.x, film.y, "o", color=style.theme.data, ms=size, mew=0, zorder=1)
        (self.curve,) = axes.plot([], [], color=style.theme.foreground, lw=CURVE * style.stroke)
        self.scale = knot_scale(area_scale(film.largest_jump, film.neurons, style), film.neurons)
        self.hidden = (1.15 * CURVE * style.stroke) ** 2
        self.marks = Marks(axes, style)
        self.marks.set_zorder(5)
        self.counts = EdgeCounts(axes, style, ("top", "bottom"))
        self.tally = Tally(axes, style)
        self.moving = [self.curve, self.marks, *self.counts.artists, *self.tally.artists]

    def lay_up(self) -> None:
        low, high = self.film.y_limits
        foot = min(TALLY * self.style.text / self.axes.bbox.height, 0.4)
        self.axes.set_ylim(low - foot / (1 - foot) * (high - low), high)
        super().lay_up()

    def show(self, frame: int) -> None:
        film = self.film
        low, high = film.x_limits
        beta = film.beta[frame]
        inside = (beta >= low) & (beta <= high)
        knots = merge(
            beta[inside],
            film.jump[frame, inside],
            film.orientation[frame, inside],
            film.held[frame, inside],
            SAME_PLACE * (high - low) / self.axes.bbox.width,
        )
        corners = np.concatenate([[low], np.sort(beta[inside]), [high]])
        values = film.evaluate(frame, np.concatenate([corners, knots.x]))
        self.curve.set_data(corners, values[: len(corners)])
        self._mark(knots, values[len(corners) :])

    def _mark(self, knots: Groups, values: np.ndarray) -> None:
        bottom, top = self.axes.get_ylim()
        area = self.scale(knots.jump)
        seen = (values >= bottom) & (values <= top) & (np.abs(knots.jump) > 1e-6 * self.scale.full)
        seen &= area > self.hidden  # a bead no wider than the stroke would only break it
        shape = BY_ORIENTATION[knots.orientation]
        self.marks.show(*(part[seen] for part in (knots.x, values, area, shape, knots.jump, knots.held)))
        self.counts.show(knots.x, values)
        # The pairs of an antisymmetric start are no news: only what a sample holds is counted.
        told = seen & knots.held
        self.tally.show(knots.x[told], knots.count[told])


def knot_scale(scale: AreaScale, neurons: int) -> AreaScale:
    """Among many neurons the slightest knots shrink into the stroke: beads would hide the curve they sit on."""
    return replace(scale, smallest=scale.smallest * min(1.0, 60 / neurons))
