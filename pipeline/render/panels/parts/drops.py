"""From knots that samples hold down to the foot of the panel, where the threads end: one sees what belongs together."""

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes

from pipeline.render.drawing.theme import Style, hue
from pipeline.render.drawing.uprights import Uprights
from pipeline.render.film.occurring import are_few
from pipeline.render.panels.parts.holds import Holds
from pipeline.render.panels.parts.rulings import LIT


class Drops:
    """Rulings of a few samples on axes of outputs, and lines in the hue of a knot from it down, where one is held."""

    def __init__(self, axes: Axes, style: Style, holds: Holds):
        self.axes, self.film, self.style, self.holds = axes, holds.film, style, holds
        if are_few(holds.film):
            across = axes.get_xaxis_transform()
            axes.vlines(holds.places, 0, 1, style.theme.rule, lw=style.stroke, zorder=0.5, transform=across)
        self.lines = Uprights(axes, style, LIT * style.stroke)
        self.lines.set_zorder(1.6)

    @property
    def artists(self) -> list[Artist]:
        """The moving artists."""
        return [self.lines]

    def settle(self) -> None:
        """To be called once the limits of the axes are final."""
        self.limits = self.axes.get_ylim()

    def show(self, frame: int) -> None:
        """Bring them to a frame."""
        x, jump = self.holds.seen(frame)
        (low, high), y = self.limits, self.film.evaluate(frame, x)
        shown = y > low
        tops = np.minimum(y[shown], high)
        self.lines.show(x[shown], np.full(len(tops), low), tops, [hue(bool(each >= 0)) for each in jump[shown]])
